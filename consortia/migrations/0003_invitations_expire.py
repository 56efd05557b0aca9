from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consortia', '0002_numbers_and_requests'),
    ]

    operations = [
        migrations.AddField(
            model_name='invitation',
            name='sent_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='invitation',
            name='expires_at',
            field=models.DateTimeField(null=True),
        ),
        # Those that were sent before invitations expired can be answered for 14 days more.
        migrations.RunSQL(
            "UPDATE consortia_invitation SET sent_at = invited_at, expires_at = now() + interval '14 days'",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name='invitation',
            name='sent_at',
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name='invitation',
            name='expires_at',
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name='invitation',
            name='status',
            field=models.CharField(choices=[('sent', 'Waiting for an answer'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn'), ('expired', 'Expired')], default='sent', max_length=12),
        ),
    ]
