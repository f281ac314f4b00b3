"""Notices and training cards as they are read: one room for workers and directors."""

from flask import Blueprint

news = Blueprint("news", __name__)

from app.web.news import notice, training  # noqa: E402,F401
