"""The door that granian serves. The law is read first: no visitor waits for it."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from timbang.law.norms import catalogue
from timbang.law.procedure import procedures

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timbang.settings")
catalogue()
procedures()
application = get_wsgi_application()
# What was read stays for good: no sweep of the rubbish looks through the law again.
gc.collect()
gc.freeze()
