// The messenger's window around the page. Source: "Mini Apps on Telegram", web events (core.telegram.org/api/web-events).

const CLOSE_AFTER = 1500;
const inside = new URLSearchParams(location.hash.slice(1)).has("tgWebAppData");

function post(event, data = {}) {
  if (!inside) return;
  const said = JSON.stringify(data);
  if (window.TelegramWebviewProxy) window.TelegramWebviewProxy.postEvent(event, said);
  else if (window.external && "notify" in window.external) window.external.notify(JSON.stringify({ eventType: event, eventData: data }));
  else if (parent !== window) parent.postMessage(JSON.stringify({ eventType: event, eventData: data }), "https://web.telegram.org");
}

export const host = {
  // A finger that draws must not drag the window away.
  still: () => post("web_app_setup_swipe_behavior", { allow_vertical_swipe: false }),
  closeSoon: () => setTimeout(() => post("web_app_close"), CLOSE_AFTER),
};

post("web_app_ready");
post("web_app_expand");
