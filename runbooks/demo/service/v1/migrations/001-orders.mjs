export const orders = {
  id: 1,
  name: 'orders',
  up: `CREATE TABLE orders (
         id INTEGER PRIMARY KEY,
         item TEXT NOT NULL,
         quantity INTEGER NOT NULL,
         total_cents INTEGER NOT NULL,
         created_at TEXT NOT NULL
       )`,
  down: 'DROP TABLE orders',
};
