// List prices, in cents.
export const catalogue = {
  'desk lamp': 2999,
  'office chair': 18900,
  'monitor arm': 7450,
  'cable tray': 1625,
};
