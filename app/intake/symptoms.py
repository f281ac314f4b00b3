"""What somebody may complain of: the chips that several record kinds share."""

from app.lib.words import N_

SYMPTOMS = [
    ("fever", N_("发热")),
    ("cough", N_("咳嗽")),
    ("throat", N_("咽痛")),
    ("tired", N_("乏力")),
    ("diarrhoea", N_("腹泻")),
    ("no_smell", N_("嗅觉味觉减退")),
    ("breathless", N_("胸闷气短")),
    ("other", N_("其他不适")),
]
