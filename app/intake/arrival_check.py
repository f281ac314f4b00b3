"""Verifying a returnee: has he come, is he at home, does he know what applies to him."""

from app.intake.verifying import verification
from app.lib.words import N_

KIND = verification("arrival_check", N_("返回人员核实"), of="returnee")
