"""沿街门店: which shops there are in her grids, what they trade in and who keeps them."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from app.lib import masking
from app.policy.permissions import Permission as P
from app.reports.shops import PER_PAGE, shops_by_grid, shops_of
from app.web.guard import allows
from app.web.hypermedia import page
from app.web.person import my
from app.web.residents import residents

MASKS = {"masked_name": masking.mask_name, "masked_phone": masking.mask_phone}


@residents.get("/shops")
@allows(P.SEE_RESIDENTS)
def shops() -> ResponseReturnValue:
    code, given = request.args.get("grid", ""), request.args.get("page", "1")
    grid = next((one for one in my().grids if one.code == code), None)
    if code and grid is None:
        abort(404)
    number = max(int(given), 1) if given.isdecimal() and len(given) < 6 else 1
    found, total = shops_of(my(), grid, number)
    shown = {"shops": found, "total": total, "number": number, "per_page": PER_PAGE, "grid": grid}
    counts = shops_by_grid(my())
    return page("residents/shops.html", grids=my().grids, counts=counts, **shown, **MASKS)
