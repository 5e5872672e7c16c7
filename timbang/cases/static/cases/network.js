// The network drawn so that it can be moved: by time, by pointing, by opening a cluster.
// The page is whole without it: the still drawing and the tables hold the same. Where the browser
// cannot draw it (no WebGL), nothing changes.
"use strict";
(() => {
  const place = document.getElementById("network-moving");
  const still = document.getElementById("network-still");
  const data = document.getElementById("network-data");
  const probe = document.createElement("canvas");
  if (!place || !still || !data || !probe.getContext("webgl2")) return;
  if (typeof Sigma === "undefined" || typeof graphology === "undefined") return;
  const told = JSON.parse(data.textContent);
  const say = place.dataset;

  const graph = new graphology.UndirectedGraph();
  told.circles.forEach((circle, at) => {
    graph.addNode(at, {
      x: circle.x,
      y: -circle.y,
      size: circle.size * 1.5,
      label: circle.label,
      color: circle.fill,
    });
  });
  told.ties.forEach((tie, at) => {
    const size = Math.min(5, 0.6 + 0.5 * Math.log2(tie.exchanges));
    graph.addEdgeWithKey(`t${at}`, tie.one, tie.other, { size, color: "#98a2ab" });
  });

  // What is pointed at, and the month that is looked at (null: the whole time).
  let pointed = null;
  let month = null;
  const then = (edge) => month === null || told.ties[Number(edge.slice(1))].months.includes(month);
  const shown = (edge) =>
    then(edge) && (pointed === null || graph.extremities(edge).includes(pointed));
  const busy = (node) => node === pointed || graph.edges(node).some(shown);

  const tools = document.createElement("p");
  const slider = document.createElement("input");
  const label = document.createElement("label");
  const when = document.createElement("output");
  slider.type = "range";
  slider.min = "0";
  slider.max = String(told.months.length);
  slider.value = "0";
  slider.id = "network-time";
  label.htmlFor = slider.id;
  label.textContent = `${say.time}: `;
  label.append(when);
  if (told.months.length > 1) tools.append(label, slider);
  const canvas = document.createElement("div");
  canvas.style.height = "34rem";
  canvas.style.background = "#ffffff";
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-labelledby", "drawing");
  const words = document.createElement("p");
  words.className = "meta";
  words.textContent = say.hint;
  place.append(tools, canvas, words);
  place.hidden = false;

  const faint = "#e3e7ea";
  const sigma = new Sigma(graph, canvas, {
    labelDensity: 2,
    labelRenderedSizeThreshold: told.circles.length > 60 ? 6 : 0,
    nodeReducer: (node, its) =>
      (month === null && pointed === null) || busy(node)
        ? its
        : { ...its, color: faint, label: "", zIndex: 0 },
    edgeReducer: (edge, its) => ({ ...its, hidden: !shown(edge) }),
  });

  function look() {
    month = slider.value === "0" ? null : Number(slider.value) - 1;
    when.textContent = month === null ? say.always : told.months[month];
    slider.setAttribute("aria-valuetext", when.textContent);
    sigma.refresh({ skipIndexation: true });
  }
  slider.addEventListener("input", look);
  look();

  sigma.on("enterNode", ({ node }) => {
    pointed = node;
    words.textContent = told.circles[Number(node)].words;
    sigma.refresh({ skipIndexation: true });
  });
  sigma.on("leaveNode", () => {
    pointed = null;
    words.textContent = say.hint;
    sigma.refresh({ skipIndexation: true });
  });
  sigma.on("clickNode", ({ node }) => {
    const cluster = told.circles[Number(node)].opens;
    const form = document.querySelector("form[role=search]");
    if (cluster === null || !form) return;
    const button = document.createElement("button");
    button.name = "opened";
    button.value = String(cluster);
    button.hidden = true;
    form.append(button);
    button.click();
  });

  // The still drawing folds away, and can be unfolded.
  const fold = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = say.still;
  still.before(fold);
  fold.append(summary, still);
})();
