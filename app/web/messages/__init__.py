"""消息: what somebody was told, for every role, and the way from a message to its thing."""

from flask import Blueprint

messages = Blueprint("messages", __name__)

from app.web.messages import arrival, inbox, opening, unread  # noqa: E402,F401
