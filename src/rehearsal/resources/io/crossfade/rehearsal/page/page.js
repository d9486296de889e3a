"use strict";
const byId = id => document.getElementById(id);
const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function element(tag, text, kind) {
  const made = document.createElement(tag);
  if (text !== undefined) { made.textContent = text; }
  if (kind) { made.className = kind; }
  return made;
}

function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return Math.floor(whole / 60) + ":" + String(whole % 60).padStart(2, "0");
}

function at(seconds, ...parts) {
  const item = element("li");
  item.append(element("time", clock(seconds)), ...parts);
  return item;
}

/** Replaces what stands there only if it is something else, so that focus and selection stay. */
const shown = new Map();
function renew(id, data, make) {
  const key = JSON.stringify(data);
  if (shown.get(id) === key) { return; }
  shown.set(id, key);
  byId(id).replaceChildren(...make(data));
}

function post(path, body) {
  return fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

const RUNS = { STARTING: "Starting", RELEASING: "Releasing", OVER: "The run is over" };

function showHead(state) {
  byId("title").textContent = state.title;
  document.title = RUNS[state.run] + ": " + state.title;
  byId("run").textContent = RUNS[state.run];
  byId("clock").textContent = clock(state.elapsed);
  byId("speed").textContent = "The clock runs " + state.speed + " times as fast as yours.";
  const now = state.state ? "Present state: " + state.state + ". Weight of green: " + weight(state) + " %." : "";
  if (byId("now").textContent !== now) { byId("now").textContent = now; }
  const ending = state.ending;
  byId("ending").hidden = !ending;
  if (ending) {
    byId("ending-title").textContent = ending.outcome + (ending.asExpected ? "" : " (not as expected)");
    byId("ending-title").className = ending.outcome === "Released" ? "good" : "bad";
    byId("ending-reason").textContent = ending.reason;
    byId("ending-report").textContent = ending.report ? "Report: " + ending.report : "";
  }
}

function weight(state) {
  return state.steps.length ? state.steps[state.steps.length - 1].green : 0;
}

const BACK = "Rollback";

function showMachine(state) {
  const names = state.path.map(visit => visit.state);
  const present = names[names.length - 1];
  const turned = names.indexOf(BACK);
  const back = new Set(turned < 0 ? [] : names.slice(turned));
  for (const node of document.querySelectorAll(".machine .state")) {
    const name = node.dataset.state;
    node.classList.toggle("been", names.includes(name));
    node.classList.toggle("present", name === present);
    node.classList.toggle("back", back.has(name));
  }
  const taken = new Map();
  for (let i = 1; i < names.length; i++) { taken.set(names[i - 1] + " " + names[i], turned >= 0 && i >= turned); }
  for (const way of document.querySelectorAll(".machine .way")) {
    const key = way.dataset.from + " " + way.dataset.to;
    way.classList.toggle("taken", taken.has(key));
    way.classList.toggle("back", taken.get(key) === true);
  }
  document.querySelector(".machine").setAttribute("aria-label", present
    ? "State machine. Present state: " + present + ". Path so far: " + names.join(", ") : "State machine, not started");
  if (shown.get("present") !== present) {
    shown.set("present", present);
    reveal(document.querySelector(".machine .present"));
  }
  renew("path", state.path, path => path.map(visit => at(visit.at, visit.state)));
}

/** Brings a state into sight of a narrow window, without moving the page itself. */
function reveal(node) {
  if (!node) { return; }
  const box = byId("machine"), inside = node.getBoundingClientRect(), outside = box.getBoundingClientRect();
  box.scrollLeft += inside.left + inside.width / 2 - outside.left - outside.width / 2;
}

function showVersions(state) {
  const green = weight(state);
  renew("versions", [state.versions, green], ([versions]) => versions.map(version => {
    const row = element("tr");
    const name = element("th", version.name, version.colour);
    name.scope = "row";
    row.append(name, element("td", version.colour === "none" ? "" : (version.colour === "green" ? green : 100 - green) + " %"),
      element("td", version.requests.toLocaleString("en")),
      element("td", version.failed.toLocaleString("en"), version.failed ? "bad" : ""));
    return row;
  }));
}

function coloured(state) {
  return state.versions.filter(version => version.colour !== "none");
}

let chart;
function showChart(state) {
  if (!state.versions.length) { return; }
  if (!chart) { chart = makeChart(state); }
  const sets = chart.data.datasets;
  const versions = coloured(state);
  versions.forEach((version, i) => {
    sets[i].data = state.traffic.map(point => ({ x: point.at, y: point.answered[i] }));
  });
  const last = sets.length - 1;
  sets[last - 1].data = state.traffic.map(point => ({ x: point.at, y: point.failed }));
  sets[last].data = state.steps.map(step => ({ x: step.at, y: step.green })).concat({ x: state.elapsed, y: weight(state) });
  chart.options.scales.x.max = Math.max(60, state.elapsed);
  chart.update("none");
  const point = state.traffic[state.traffic.length - 1];
  byId("chart").setAttribute("aria-label", "Chart of requests per second. Now: " + (point
    ? versions.map((version, i) => version.name + " " + Math.round(point.answered[i])).join(", ")
      + ", failed " + Math.round(point.failed) : "none") + ", weight of green " + weight(state) + " %");
}

function line(label, colour, more) {
  return { label, colour, data: [], borderWidth: 2, pointRadius: 0, yAxisID: "y", ...more };
}

function makeChart(state) {
  const datasets = coloured(state).map(version => line(version.name, "--" + version.colour, {}));
  datasets.push(line("failed", "--red", { fill: "origin" }));
  datasets.push(line("weight of green, %", "--dim", { stepped: true, borderDash: [5, 3], yAxisID: "weight", borderWidth: 1.5 }));
  const made = new Chart(byId("chart"), {
    type: "line",
    data: { datasets },
    options: {
      animation: false, parsing: false, maintainAspectRatio: false, events: [],
      plugins: { legend: { labels: { boxHeight: 1, boxWidth: 22 } } },
      scales: {
        x: { type: "linear", min: 0, ticks: { callback: clock, maxRotation: 0 } },
        y: { beginAtZero: true, title: { display: true, text: "requests/s" } },
        weight: { position: "right", min: 0, max: 100, grid: { drawOnChartArea: false }, title: { display: true, text: "%" } }
      }
    }
  });
  paint(made);
  return made;
}

function paint(made) {
  for (const set of made.data.datasets) { set.borderColor = set.backgroundColor = style(set.colour); }
  made.options.plugins.legend.labels.color = style("--ink");
  for (const scale of Object.values(made.options.scales)) {
    scale.ticks = { ...scale.ticks, color: style("--dim") };
    scale.grid = { ...scale.grid, color: style("--rule") };
    if (scale.title) { scale.title.color = style("--dim"); }
  }
  made.update("none");
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => chart && paint(chart));

function showServices(state) {
  renew("services", state.services, services => services.map(service => {
    const box = element("div");
    const tasks = element("ul");
    box.append(element("h3", service.name, service.colour),
      element("div", service.running + " of " + service.desired + " run" + (service.pending ? ", " + service.pending + " start" : ""), "dim"),
      tasks);
    for (const task of service.tasks) {
      const item = element("li");
      item.append(element("strong", task.healthy ? "✓ healthy" : "✗ not healthy", task.healthy ? "good" : "bad"), " " + task.id);
      tasks.append(item);
    }
    return box;
  }));
}

const ALARM = { OK: "good", ALARM: "bad", INSUFFICIENT_DATA: "dim" };
function showAlarms(state) {
  renew("alarms", state.alarms, alarms => alarms.map(alarm => {
    const item = element("li");
    item.append(element("strong", alarm.state, ALARM[alarm.state]), " " + alarm.name);
    return item;
  }));
  byId("no-history").hidden = state.alarmHistory.length > 0;
  renew("alarm-history", state.alarmHistory, changes => changes.map(change => at(change.at, change.name + ": ",
    element("strong", change.to, ALARM[change.to]), " after " + change.from + ". " + change.reason)));
}

let slack;
function showSlack(state) {
  slack = state.slack;
  if (!slack) { return; }
  byId("channel").textContent = "#" + slack.channel;
  if (!byId("me").length) { slack.people.forEach(person => byId("me").add(new Option(person.name, person.id))); }
  renew("slack", [slack.items, byId("me").value], ([items, me]) => items.filter(item => !item.to || item.to === me).map(item => {
    const article = element("article");
    article.innerHTML = item.html;  // made by the server, which escapes every text
    for (const time of article.querySelectorAll("time")) { time.textContent = date(time); }
    article.prepend(element("div", "Crossfade · " + new Date(item.ts * 1000).toLocaleTimeString() + (item.changes ? " · edited" : "")
      + (item.thread ? " · in the thread" : ""), "who"));
    if (item.thread) { article.className = "reply"; }
    if (item.to) {
      article.className = "only";
      article.append(element("div", "Only visible to you", "note"));
    }
    if (item.error) { article.append(element("div", item.error, "bad")); }
    return article;
  }));
}

/** Slack shows a date in the reader's own time zone. */
function date(time) {
  return new Date(time.dateTime).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
}

function showTrouble(state) {
  renew("trouble", state.buttons, buttons => buttons.map(button => {
    const made = element("button", button.label);
    made.type = "button";
    made.title = button.meaning;
    made.disabled = !button.possible;
    made.dataset.trouble = button.id;
    return made;
  }));
}

function showLog(state) {
  const box = byId("log").parentElement, atEnd = box.scrollTop + box.clientHeight > box.scrollHeight - 20;
  renew("log", state.log, log => log.map(entry => at(entry.at, entry.text)));
  if (atEnd) { box.scrollTop = box.scrollHeight; }
}

function confirmed(button) {
  if (!button.dataset.confirm) { return Promise.resolve(true); }
  const texts = JSON.parse(button.dataset.confirm), ask = byId("ask"), [no, yes] = ask.querySelectorAll("button");
  ask.querySelector("h2").textContent = texts.title;
  ask.querySelector("p").textContent = texts.text;
  no.textContent = texts.deny;
  yes.textContent = texts.confirm;
  yes.className = texts.style;
  ask.returnValue = "";
  no.onclick = yes.onclick = event => ask.close(event.target.value);
  ask.showModal();
  return new Promise(done => ask.addEventListener("close", () => done(ask.returnValue === "yes"), { once: true }));
}

byId("slack").addEventListener("click", async event => {
  const button = event.target.closest("button[data-action]");
  if (!button || !await confirmed(button)) { return; }
  button.disabled = true;
  await post("click", { ts: button.dataset.ts, action: button.dataset.action, user: byId("me").value });
});

byId("trouble").addEventListener("click", event => {
  const button = event.target.closest("button[data-trouble]");
  if (button) { post("trouble/" + button.dataset.trouble, {}); }
});

byId("me").addEventListener("change", () => showSlack({ slack }));

const events = new EventSource("events");
events.onmessage = message => {
  const state = JSON.parse(message.data);
  for (const show of [showHead, showMachine, showVersions, showChart, showServices, showAlarms, showSlack, showTrouble, showLog]) {
    show(state);
  }
  document.body.dataset.run = state.run;
};
events.onerror = () => {
  if (document.body.dataset.run === "OVER") {
    events.close();
  } else {
    byId("run").textContent = "The rehearsal does not answer";
  }
};
