"""What a delivery costs, as the web shop works it out.

The prices are those of the shipping page; when one changes, change both.
"""

FREE_FROM = 60.00  # crowns, standard delivery only
ISLAND_POSTCODES = range(9600, 9700)

STANDARD = {"letter": 2.90, "small": 5.90, "long": 12.50, "bicycle": 39.00}
EXPRESS = {"small": 11.90, "long": 24.00}


def parcel_kind(weight_kg: float, longest_cm: float, is_bicycle: bool) -> str:
    """The smallest parcel that an order fits in."""
    if is_bicycle:
        return "bicycle"
    if longest_cm > 120:
        raise ValueError("longer than 120 cm: has to be collected")
    if longest_cm > 60 or weight_kg > 5:
        return "long"
    return "letter" if weight_kg <= 0.5 else "small"


def delivery_cost(total: float, kind: str, postcode: int, express: bool) -> float:
    """The price of a delivery in crowns.

    Nothing long and no bicycle is free, whatever the order's total is.
    """
    if express:
        if postcode in ISLAND_POSTCODES:
            raise ValueError("no express delivery to the islands")
        return EXPRESS[kind]
    if kind in ("letter", "small") and total >= FREE_FROM:
        return 0.0
    return STANDARD[kind]
