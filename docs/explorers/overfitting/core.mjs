// What is read off recorded curves: losses in nats and shares of right answers, over the same steps.

export function pick({ steps, curves }, hidden, size, decay) {
  return { steps, ...curves[hidden][size][decay] };
}

// Early stopping as the book's library does it: after `patience` losses in a row none of which is a new
// lowest, training has `stopped`, and the model of the lowest is `kept`. Places in the list; null for never.
export function stop(losses, patience) {
  let kept = 0;
  for (let place = 0; place < losses.length; place++) {
    if (losses[place] < losses[kept]) kept = place;
    if (place - kept >= patience) return { stopped: place, kept };
  }
  return { stopped: null, kept };
}

// The places that matter: the lowest validation loss, where patience stops and what it keeps, and the end.
export function read(curve, patience) {
  const { stopped, kept } = stop(curve.val, patience);
  const valley = curve.val.indexOf(Math.min(...curve.val));
  const places = { valley, stopped, kept, end: curve.val.length - 1 };
  const found = Object.entries(places).map(([name, k]) => [name, k === null ? null : at(curve, k)]);
  return Object.fromEntries(found);
}

function at({ steps, train, val, right }, k) {
  return { step: steps[k], train: train[k], val: val[k], right: right[k], gap: val[k] - train[k] };
}
