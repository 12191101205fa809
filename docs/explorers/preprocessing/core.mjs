// A line through seven points, by gradient descent on half the mean squared error: over weight and bias, an
// exact bowl.
//
// The points are (offset + spread · u, 1 + u), where u has mean 0 and mean square 1; weight and bias start at
// 0, where the loss is 1. A preparation changes the coordinates of the bowl and nothing else: descent begins
// with the same line, and ends with it.

const PLACES = [-1.5, -1, -0.5, 0, 0.5, 1, 1.5]; // u
const GOAL = 1e-3; // of the first loss

export const points = ({ offset, spread }) => PLACES.map((u) => [offset + spread * u, 1 + u]);

// The feature after the preparation, again as an offset and a spread.
export function prepare({ offset, spread }, { centre, divide }) {
  const unit = divide ? spread : 1;
  return { offset: centre ? 0 : offset / unit, spread: spread / unit };
}

// The bends of the loss, the steep one first, the directions in which it bends so, and where its bottom is.
export function bowl({ offset, spread }) {
  const square = offset ** 2 + spread ** 2; // the Hessian is [[square, offset], [offset, 1]]
  const steep = (square + 1) / 2 + Math.hypot((square - 1) / 2, offset);
  const angle = Math.atan2(2 * offset, square - 1) / 2;
  const [across, up] = [Math.cos(angle), Math.sin(angle)];
  return {
    bends: [steep, spread ** 2 / steep],
    directions: [[across, up], [-up, across]],
    bottom: [1 / spread, 1 - offset / spread],
    condition: (steep / spread) ** 2,
  };
}

// What a step leaves of the error in the two directions. `share` is the rate, divided by its limit 2 / steep.
export function kept({ bends }, share) {
  return bends.map((bend) => 1 - (2 * share * bend) / bends[0]);
}

// Weight and bias after 0, 1, … steps.
export function path(shape, share, steps) {
  const factors = kept(shape, share);
  const errors = firstErrors(shape);
  return Array.from({ length: steps + 1 }, (_, step) => {
    const left = errors.map((error, k) => error * factors[k] ** step);
    const [steep, flat] = shape.directions;
    return shape.bottom.map((end, axis) => end + left[0] * steep[axis] + left[1] * flat[axis]);
  });
}

export function loss(shape, share, steps) {
  const factors = kept(shape, share);
  const errors = firstErrors(shape).map((error, k) => error * factors[k] ** steps);
  return (shape.bends[0] * errors[0] ** 2 + shape.bends[1] * errors[1] ** 2) / 2;
}

// The steps until the loss is a thousandth of the first, or null where the rate is no less than the limit: in
// the steep direction lies at least half of the first loss, and there it would stay.
export function stepsNeeded(shape, share) {
  if (share >= 1) return null;
  const goal = GOAL * loss(shape, share, 0);
  let [before, after] = [0, 1];
  while (loss(shape, share, after) > goal) [before, after] = [after, 2 * after];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (loss(shape, share, middle) > goal) before = middle;
    else after = middle;
  }
  return after;
}

// The first errors, of weights that are 0, measured along the two directions.
function firstErrors({ directions, bottom }) {
  return directions.map((direction) => -(direction[0] * bottom[0] + direction[1] * bottom[1]));
}
