"""Verifying a yellow code that was pushed or reported: is he ours, is he at home, how is he."""

from app.intake.verifying import verification
from app.lib.words import N_

KIND = verification("code_check", N_("黄码核实"), of="yellow", also=(("wrong", N_("误赋码")),))
