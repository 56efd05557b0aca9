"""The cache's table: rate limits live beside the truth, because no request may wait for the broker."""

from django.db import migrations


class Migration(migrations.Migration):
    """Made here, so that migrate alone is enough."""

    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            CREATE TABLE core_cache (
                cache_key varchar(255) NOT NULL PRIMARY KEY,
                value text NOT NULL,
                expires timestamp with time zone NOT NULL
            );
            CREATE INDEX core_cache_expires ON core_cache (expires);
            """,
            "DROP TABLE core_cache;",
        )
    ]
