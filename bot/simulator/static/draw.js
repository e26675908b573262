// Draws one message as a bubble. Data only ever becomes text nodes.

const hours = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});
const days = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai", month: "long", day: "numeric", weekday: "short",
});
const TONES = 6;

export const hour = (at) => hours.format(at);
export const day = (at) => days.format(at);

export function make(tag, className = "", ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children.filter((child) => child !== "" && child != null));
  return node;
}

function link(url, text) {
  if (!/^https?:\/\//i.test(url ?? "")) return make("span", "", text);
  const node = make("a", "", text);
  node.href = url;
  node.target = "_blank";
  node.rel = "noopener noreferrer";
  return node;
}

// Clients make links of bare addresses as well.
const INLINE = /<a href="([^"]*)">([\s\S]*?)<\/a>|https?:\/\/[^\s<>"“”（）。，；]+/g;

function plain(text) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    parts.push(text.slice(from, found.index), link(found[1] ?? found[0], found[2] ?? found[0]));
    from = found.index + found[0].length;
  }
  parts.push(text.slice(from));
  return make("div", "words", ...parts);
}

const SPAN = new RegExp([
  String.raw`\*\*(?<bold>.+?)\*\*`,
  "`(?<code>[^`]+)`",
  String.raw`\[(?<label>[^\]]+)\]\((?<url>[^)\s]+)\)`,
  String.raw`<font color="(?<tone>info|comment|warning)">(?<tinted>.*?)</font>`,
].join("|"), "g");

function spans(text) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(SPAN)) {
    parts.push(text.slice(from, found.index));
    from = found.index + found[0].length;
    const { bold, code, label, url, tone, tinted } = found.groups;
    if (bold) parts.push(make("strong", "", ...spans(bold)));
    else if (code) parts.push(make("code", "", code));
    else if (label) parts.push(link(url, label));
    else parts.push(make("span", `tone-${tone}`, ...spans(tinted)));
  }
  parts.push(text.slice(from));
  return parts;
}

function markdown(text) {
  const lines = text.split("\n").map((line) => {
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (heading) return make("div", "md-heading", ...spans(heading[2]));
    const quote = /^>\s?(.*)$/.exec(line);
    if (quote) return make("blockquote", "", ...spans(quote[1]));
    return make("div", "md-line", ...spans(line));
  });
  return make("div", "words", ...lines);
}

function description(html) {
  const source = new DOMParser().parseFromString(html, "text/html").body;
  const copy = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeName === "BR") return make("br");
    const tone = ["gray", "normal", "highlight"].find((name) => name === node.className) ?? "";
    return make("div", tone, ...[...node.childNodes].map(copy));
  };
  return make("div", "desc", ...[...source.childNodes].map(copy));
}

function textcard(payload) {
  return make("div", "card", make("div", "title", payload.title),
    description(payload.description),
    make("div", "more", link(payload.url, `${payload.btntxt || "详情"} ›`)));
}

// Nothing is fetched from elsewhere: a picture of another site is a link to it.
function picture(url, className = "banner") {
  if (!url) return "";
  const own = new URL(url, location.href);
  if (own.origin !== location.origin) return make("div", `${className} elsewhere`, link(url, "图片 ↗"));
  const image = make("img", className);
  image.src = own.href;
  image.alt = "";
  return image;
}

function article(one) {
  return make("div", "card", picture(one.picurl), make("div", "title", one.title),
    make("div", "desc", one.description ?? ""), make("div", "more", link(one.url, "阅读 ›")));
}

function attachment(message) {
  const { media_id: id, filename } = message.payload;
  const url = `/sim/media/${encodeURIComponent(id)}`;
  if (message.kind === "image") {
    const image = make("img", "picture");
    image.src = url;
    image.alt = filename;
    return image;
  }
  const icon = { voice: "语音", video: "视频", file: "文件" }[message.kind];
  const anchor = make("a", "file", make("span", "tag", icon), make("span", "", filename));
  anchor.href = url;
  anchor.download = filename;
  return anchor;
}

function rows(list, draw) {
  return list?.length ? make("div", "rows", ...list.map(draw)) : "";
}

function fact(row) {
  const value = row.type === 1 ? link(row.url, row.value || row.url)
    : row.type === 2 ? download(row)
      : make("span", "", row.value ?? row.userid ?? "");
  return make("div", "fact", make("span", "key", row.keyname), value);
}

function download(row) {
  const anchor = make("a", "", row.value || "附件");
  anchor.href = `/sim/media/${encodeURIComponent(row.media_id)}`;
  anchor.download = row.value ?? "";
  return anchor;
}

function textWithPicture(area) {
  return make("div", "beside", picture(area.image_url, "thumb"),
    make("div", "", make("b", "", area.url ? link(area.url, area.title ?? "") : area.title ?? ""),
      make("div", "desc", area.desc ?? "")));
}

function dropDown(selection, disabled) {
  const choose = make("select");
  choose.dataset.question = selection.question_key;
  choose.disabled = disabled || Boolean(selection.disable);
  for (const option of selection.option_list) {
    const node = make("option", "", option.text);
    node.value = option.id;
    node.selected = option.id === selection.selected_id;
    choose.append(node);
  }
  return make("label", "question", make("span", "", selection.title ?? ""), choose);
}

function checkbox(box, disabled, name) {
  const options = box.option_list.map((option) => {
    const tick = make("input");
    tick.type = box.mode === 1 ? "checkbox" : "radio";
    tick.name = `${name}-${box.question_key}`;
    tick.value = option.id;
    tick.checked = Boolean(option.is_checked);
    tick.disabled = disabled || Boolean(box.disable);
    tick.dataset.question = box.question_key;
    return make("label", "option", tick, make("span", "", option.text));
  });
  const group = make("div", "options", ...options);
  group.setAttribute("role", box.mode === 1 ? "group" : "radiogroup");
  group.setAttribute("aria-label", "选项");
  return group;
}

function chosen(card) {
  const selected = {};
  for (const field of card.querySelectorAll("[data-question]")) {
    const key = field.dataset.question;
    if (field.nodeName === "SELECT") selected[key] = [field.value];
    else {
      selected[key] ??= [];
      if (field.checked) selected[key].push(field.value);
    }
  }
  return selected;
}

function pressable(text, className, act) {
  const button = make("button", className, text);
  button.type = "button";
  button.addEventListener("click", act);
  return button;
}

function actions(message, card, act) {
  const { payload } = message;
  if (!payload.action_menu || message.cardState !== null) return "";
  const list = payload.action_menu.action_list.map((one) =>
    pressable(one.text, "", () => act(one.text, chosen(card))));
  const summary = make("summary", "", "⋯");
  summary.setAttribute("aria-label", payload.action_menu.desc || "更多操作");
  return make("details", "actions", summary, make("div", "", ...list));
}

function buttons(message, card, act) {
  const { button_list: list = [], submit_button: submit } = message.payload;
  if (message.cardState !== null) {
    const greyed = pressable(message.cardState, "greyed", () => {});
    greyed.disabled = true;
    return make("div", "buttons", greyed);
  }
  const drawn = list.map((one) => one.type === 1
    ? make("span", "as-button", link(one.url, one.text))
    : pressable(one.text, `style-${one.style ?? 1}`, () => act(one.text, chosen(card))));
  if (submit) drawn.push(pressable(submit.text, "style-1", () => act(submit.text, chosen(card))));
  return drawn.length ? make("div", `buttons${drawn.length > 2 ? " stacked" : ""}`, ...drawn) : "";
}

function templateCard(message, act) {
  const card = make("div", "card");
  const { payload } = message;
  const part = (name, field) => payload[name]?.[field] ?? "";
  const line = (className, text) => (text ? make("div", className, text) : "");
  const greyed = message.cardState !== null;
  const quote = payload.quote_area;
  const selections = [payload.button_selection, ...(payload.select_list ?? [])].filter(Boolean);
  card.append(...[
    payload.source || payload.action_menu
      ? make("div", "source", make("span", "", part("source", "desc")), actions(message, card, act))
      : "",
    picture(part("card_image", "url")),
    line("title", part("main_title", "title")),
    line("desc", part("main_title", "desc")),
    line("emphasis", part("emphasis_content", "title")),
    line("emphasis-desc", part("emphasis_content", "desc")),
    payload.image_text_area ? textWithPicture(payload.image_text_area) : "",
    quote ? make("div", "quote", line("", quote.title), line("", quote.quote_text),
      quote.url ? link(quote.url, "查看原文 ›") : "") : "",
    line("sub", payload.sub_title_text),
    rows(payload.vertical_content_list,
      (row) => make("div", "", make("b", "", row.title), line("desc", row.desc))),
    rows(payload.horizontal_content_list, fact),
    payload.checkbox ? checkbox(payload.checkbox, greyed, message.id) : "",
    ...selections.map((one) => dropDown(one, greyed)),
    rows(payload.jump_list, (row) => make("div", "jump", link(row.url, `${row.title} ›`))),
    buttons(message, card, act),
    payload.card_action?.url ? make("div", "more", link(payload.card_action.url, "查看详情 ›")) : "",
  ].filter((node) => node !== ""));
  return card;
}

function body(message, act) {
  const { kind, payload } = message;
  if (kind === "text") return plain(payload.content);
  if (kind === "markdown") return markdown(payload.content);
  if (kind === "textcard") return textcard(payload);
  if (kind === "link") return article(payload);
  if (kind === "news") return make("div", "", ...payload.articles.map(article));
  if (kind === "template_card") return templateCard(message, act);
  return attachment(message);
}

function tone(name) {
  return [...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % TONES;
}

/** Return the bubble of a message; *act(label, selected)* presses a button on it. */
export function bubble(message, name, act) {
  if (message.recalled) return make("div", "recalled", `信使撤回了一条消息 ${hour(message.at)}`);
  const mine = message.direction === "out";
  const who = mine ? name : "信使";
  const avatar = make("span", mine ? `avatar tone${tone(name)}` : "avatar app", mine ? name.slice(-2) : "信");
  avatar.setAttribute("aria-hidden", "true");
  const how = mine || message.passive ? "" : make("span", "pushed", "推送");
  const wide = ["textcard", "template_card", "news", "link"].includes(message.kind);
  const said = make("div", `bubble ${wide ? "wide" : ""} ${message.kind}`, body(message, act));
  return make("article", `message ${mine ? "mine" : "theirs"}`, avatar,
    make("div", "said", make("div", "meta", make("b", "", who), make("span", "", hour(message.at)), how), said));
}
