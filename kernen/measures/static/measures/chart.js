// A chart that is looked at closely: what stands behind each point, and a span of time by dragging.
// Everything it tells stands in the picture's own titles and in the table below it; the spans are
// links, too. Without script the page loses nothing.
"use strict";

const SVG = "http://www.w3.org/2000/svg";
const TIP = 250; // how wide a tip is, in units of the picture
const NEAR = 28; // how near a pointer must come to a point

const make = (name, attributes, inside) => {
  const made = inside.appendChild(document.createElementNS(SVG, name));
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

// The points of a picture from left to right, each with where it lies and its lines of text.
const pointsOf = (svg) =>
  [...svg.querySelectorAll("circle > title, path > title")]
    .map((title) => {
      const box = title.parentNode.getBBox();
      const lines = title.textContent.split("\n");
      title.remove(); // the browser's own tip would cover ours
      return { x: box.x + box.width / 2, y: box.y + box.height / 2, lines };
    })
    .sort((one, other) => one.x - other.x);

class Chart {
  constructor(holder, figure) {
    this.figure = figure;
    this.svg = holder.querySelector("svg");
    this.points = pointsOf(this.svg);
    this.width = this.svg.viewBox.baseVal.width;
    this.at = -1;
    this.said = figure.querySelector("[role=status]");
    this.over = make("g", { class: "chart-over", "aria-hidden": "true" }, this.svg);
    const plot = this.svg.querySelector("[data-left]");
    this.left = Number(plot?.dataset.left ?? 0);
    this.right = Number(plot?.dataset.right ?? 0);
    this.starts = figure.dataset.zoom?.split(" ") ?? [];
    this.listen(holder);
  }

  listen(holder) {
    this.svg.addEventListener("pointermove", (event) => this.moved(event));
    this.svg.addEventListener("pointerdown", (event) => this.pressed(event));
    this.svg.addEventListener("pointerup", (event) => this.released(event));
    this.svg.addEventListener("pointercancel", () => this.hide());
    this.svg.addEventListener("pointerleave", (event) => {
      if (this.from === undefined && event.pointerType === "mouse") this.hide();
    });
    document.addEventListener("pointerdown", (event) => {
      if (!this.svg.contains(event.target)) this.hide();
    });
    if (!this.said) return;
    holder.tabIndex = 0;
    holder.setAttribute("role", "application");
    const heading = this.svg.querySelector("title")?.textContent ?? "";
    holder.setAttribute("aria-label", `${heading}. ${this.figure.dataset.chart}`);
    holder.addEventListener("keydown", (event) => { if (event.target === holder) this.key(event); });
    holder.addEventListener("blur", () => this.hide());
  }

  // Where a pointer is, in units of the picture.
  place(event) {
    const spot = new DOMPoint(event.clientX, event.clientY);
    return spot.matrixTransform(this.svg.getScreenCTM().inverse());
  }

  moved(event) {
    const { x, y } = this.place(event);
    if (this.from !== undefined && event.pointerType === "mouse") return this.drag(x);
    const far = (point) => Math.hypot(point.x - x, (point.y - y) / 3);
    const nearest = this.points.reduce((best, point) => (far(point) < far(best) ? point : best), this.points[0]);
    if (nearest && (far(nearest) < NEAR || event.pointerType !== "mouse")) this.show(this.points.indexOf(nearest));
    else this.hide();
  }

  pressed(event) {
    if (event.button || event.target.closest("a")) return;
    if (event.pointerType !== "mouse") return this.moved(event);
    if (!this.starts.length) return;
    event.preventDefault(); // no text is selected
    this.from = this.place(event).x;
    this.svg.setPointerCapture(event.pointerId);
  }

  drag(x) {
    this.hide();
    const [low, high] = this.within(x);
    this.span = make("rect", { class: "chart-span", x: low, y: 0, width: high - low, height: this.svg.viewBox.baseVal.height }, this.over);
  }

  within(x) {
    const inside = (value) => Math.min(Math.max(value, this.left), this.right);
    return [inside(this.from), inside(x)].sort((one, other) => one - other);
  }

  released(event) {
    if (this.from === undefined) return;
    const [low, high] = this.within(this.place(event).x);
    this.from = undefined;
    this.hide();
    if (high - low < 12) return; // a click
    const period = (x) => {
      const at = Math.floor(((x - this.left) / (this.right - this.left)) * this.starts.length);
      return this.starts[Math.min(at, this.starts.length - 1)];
    };
    const address = new URL(location.href);
    address.searchParams.set("from", period(low));
    address.searchParams.set("to", period(high));
    address.hash = this.figure.id;
    location.assign(address);
  }

  key(event) {
    const last = this.points.length - 1;
    const here = this.at;
    const to = {
      ArrowRight: here < 0 ? 0 : Math.min(here + 1, last),
      ArrowLeft: here < 0 ? last : Math.max(here - 1, 0),
      Home: 0,
      End: last,
    }[event.key];
    if (event.key === "Escape") this.hide();
    if (to === undefined || last < 0) return;
    event.preventDefault();
    this.show(to);
    this.said.textContent = this.points[to].lines.join(". ");
  }

  show(at) {
    if (at === this.at) return;
    this.hide();
    this.at = at;
    const { x, y, lines } = this.points[at];
    make("circle", { class: "chart-ring", cx: x, cy: y, r: 8 }, this.over);
    const right = x + 14 + TIP <= this.width || x < this.width / 2;
    const left = right ? Math.min(x + 14, this.width - TIP) : Math.max(x - 14 - TIP, 0);
    const box = make("foreignObject", { x: left, y: 0, width: TIP, height: this.svg.viewBox.baseVal.height }, this.over);
    const tip = box.appendChild(document.createElement("div"));
    tip.className = right ? "chart-tip" : "chart-tip chart-tip-left";
    for (const line of lines) tip.appendChild(document.createElement("p")).textContent = line;
    // Beside the point, and within the picture; under it where there is no room beside.
    const scale = this.svg.getScreenCTM().a;
    const high = tip.getBoundingClientRect().height / scale;
    const beside = right ? left > x : left + TIP < x;
    const low = this.svg.viewBox.baseVal.height - high;
    const wanted = beside ? y - high / 2 : y + 14 <= low ? y + 14 : y - 14 - high;
    box.setAttribute("y", Math.min(Math.max(wanted, 0), Math.max(low, 0)));
  }

  hide() {
    this.at = -1;
    this.over.replaceChildren();
  }
}

for (const figure of document.querySelectorAll(".chart")) {
  const holders = figure.querySelectorAll(".chart-wide, .chart-narrow");
  const drawn = holders.length ? holders : [figure];
  const seen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting || !target.querySelector("svg")) continue;
      seen.unobserve(target);
      new Chart(target, figure);
    }
  }, { rootMargin: "200px" });
  drawn.forEach((holder) => seen.observe(holder));
}
