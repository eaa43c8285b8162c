"""Stock levels, shop against warehouse."""

from shop.celeryapp import app
from shop.pace import work_for


class StockMismatch(Exception):
    def __init__(self, sku, in_shop, in_warehouse):
        super().__init__(sku, in_shop, in_warehouse)
        self.sku, self.in_shop, self.in_warehouse = sku, in_shop, in_warehouse

    def __str__(self):
        return f"{self.sku}: the shop says {self.in_shop}, the warehouse {self.in_warehouse}"


WAREHOUSES = {
    "hamburg": {"TEA-100": (40, 40), "CUP-7": (12, 12), "POT-3": (5, 5)},
    "leipzig": {"TEA-100": (18, 18), "CUP-7": (3, 3), "SPOON-1": (250, 250)},
    "attic": {"CUP-7": (1, 1), "POT-3": (4, -2)},
}


@app.task(name="inventory.sync", bind=True)
def sync(self, warehouse):
    stock = WAREHOUSES[warehouse]
    for done, (sku, (in_shop, in_warehouse)) in enumerate(stock.items()):
        work_for(0.5)
        if in_shop != in_warehouse:
            raise StockMismatch(sku, in_shop, in_warehouse)
        self.update_state(state="PROGRESS", meta={"done": done + 1, "of": len(stock)})
    return {"warehouse": warehouse, "checked": len(stock)}
