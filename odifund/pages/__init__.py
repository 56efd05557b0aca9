"""The one room above all apps: front page, home pages, the demonstration, the trail, health."""
