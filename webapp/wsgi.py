"""The application as a web server runs it: `gunicorn webapp.wsgi:app`."""

import sys

from models.operations.first_administrator import first_administrator_code
from models.session import make_engine, session_factory, writing
from models.settings import Settings
from webapp.app import create_app

settings = Settings()
engine = make_engine(settings.database)
app = create_app(settings, engine)

with writing(session_factory(engine)) as _session:
    _code = first_administrator_code(_session, settings.folder)
if _code is not None:
    sys.stderr.write(f"\n  Admin HR pertama: buka {settings.public_url}/setup dan masukkan kode {_code}\n\n")
