// A stroke as ink, the way signing/seals/drawn_signature.py draws it: curves from middle to middle, thin where quick.

const THICK = 0.015, THIN = 0.0056, QUICK = 2.2, INERTIA = 0.7, COLOUR = "rgb(20 20 24)";

const middle = (a, b) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];

function widths(points, across) {
  const one = (speed) => across * (THIN + ((THICK - THIN) * QUICK) / (QUICK + speed));
  let width = null;
  return points.map((point, at) => {
    const before = points[Math.max(at - 1, 0)];
    const far = Math.hypot(point[0] - before[0], point[1] - before[1]) / across;
    const now = one((far / Math.max(point[2] - before[2], 1)) * 1000);
    width = width === null ? now : INERTIA * width + (1 - INERTIA) * now;
    return width;
  });
}

export function trace(paper, points, across) {
  paper.strokeStyle = paper.fillStyle = COLOUR;
  paper.lineCap = paper.lineJoin = "round";
  const wide = widths(points, across);
  if (points.length < 3) {
    paper.beginPath();
    paper.arc(points.at(-1)[0], points.at(-1)[1], (across * THICK) / 2, 0, 7);
    return paper.fill();
  }
  let from = points[0];
  for (let at = 1; at < points.length; at += 1) {
    const to = at < points.length - 1 ? middle(points[at], points[at + 1]) : points[at];
    paper.beginPath();
    paper.moveTo(from[0], from[1]);
    paper.quadraticCurveTo(points[at][0], points[at][1], to[0], to[1]);
    paper.lineWidth = wide[at];
    paper.stroke();
    from = to;
  }
}
