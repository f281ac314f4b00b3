"""Who lives here: a search box, the buildings, a household, a person. For workers and directors."""

from flask import Blueprint

residents = Blueprint("residents", __name__)

from app.web.residents import building, household, resident, reveal, search, shops  # noqa: E402,F401
