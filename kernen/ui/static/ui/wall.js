// A wall screen goes on to its next chart. Without script the page's own refresh does; with it, a
// screen that loses the network keeps the chart it has, and tries again.
"use strict";

const { seconds, next } = document.body.dataset;
const goOn = async () => {
  try {
    const answer = await fetch(next, { cache: "no-store" });
    // Gone is an answer too: a screen whose address is closed must not go on showing the chart.
    if (answer.ok || answer.status === 404) return location.replace(next);
  } catch { /* no network */ }
  setTimeout(goOn, seconds * 1000);
};
setTimeout(goOn, seconds * 1000);
