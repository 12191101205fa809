// What happens, P, and what is believed, Q: the prices, and the ways to move Q. Q may be 0 where P is not.

import { place } from "../shared/softmax.mjs";

const HALVINGS = 50; // of the way to the edge, in search of a ring
const sum = (values) => values.reduce((total, value) => total + value, 0);

const divergence = (p, q) => sum(p.map((share, k) => (share > 0 ? share * Math.log(share / q[k]) : 0)));
const crossEntropy = (p, q) => sum(p.map((share, k) => (share > 0 ? -share * Math.log(q[k]) : 0)));

// All in nats, or in bits.
export function read(p, q, unit) {
  const size = unit === "bits" ? Math.LN2 : 1;
  return {
    entropy: crossEntropy(p, p) / size,
    divergence: divergence(p, q) / size,
    crossEntropy: crossEntropy(p, q) / size,
    reverse: divergence(q, p) / size,
  };
}

// q with another share for one class: the others keep their ratio, and where they have none, are equal.
export function withShare(q, k, share) {
  const rest = sum(q.filter((_, j) => j !== k));
  return q.map((old, j) => (j === k ? share : (1 - share) * (rest > 0 ? old / rest : 1 / (q.length - 1))));
}

// The distribution at a place; from outside of the triangle, one on its edge.
export function sharesAt([x, y]) {
  const third = (2 * y) / Math.sqrt(3);
  const inside = [1 - x - third / 2, x - third / 2, third].map((share) => Math.max(0, share));
  return inside.map((share) => share / sum(inside));
}

// The places, in so many directions from P, where believing them costs `level` nats more than the entropy.
export function ring(p, level, directions) {
  return Array.from({ length: directions }, (_, d) => {
    const angle = (2 * Math.PI * d) / directions;
    const third = (2 * Math.sin(angle)) / Math.sqrt(3);
    const way = [-Math.cos(angle) - third / 2, Math.cos(angle) - third / 2, third];
    const moved = (by) => p.map((share, k) => share + by * way[k]);
    let [near, far] = [0, Math.min(...way.map((step, k) => (step < 0 ? -p[k] / step : Infinity)))];
    for (let halving = 0; halving < HALVINGS; halving++) {
      const middle = (near + far) / 2;
      if (divergence(p, moved(middle)) < level) near = middle;
      else far = middle;
    }
    return place(moved(near));
  });
}
