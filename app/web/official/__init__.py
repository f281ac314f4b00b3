"""The pages of the subdistrict, the district and the city: sums with drill-down, no names."""

from flask import Blueprint

official = Blueprint("official", __name__)

from app.web.official import area, area_rows, name  # noqa: E402,F401
