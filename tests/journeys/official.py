"""贺鹏 of the subdistrict: sums, and a name only with a reason."""

from tests.journeys.someone import DESK, Someone


class Official(Someone):
    login = "jiedao"

    def __init__(self, chromium, town):
        super().__init__(chromium, town, DESK)
