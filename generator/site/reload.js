// In every page of a preview: asks whether the page still is what the server would send, and reloads when it is not.
"use strict";
{
  const { key } = document.currentScript.dataset;
  const address = `/_preview/changed?${new URLSearchParams({ path: location.pathname, key })}`;

  const ask = async (signal) => {
    while (!signal.aborted) {
      try {
        const answer = await fetch(address, { signal });
        if (!answer.ok) throw new Error(answer.statusText);
        if ((await answer.text()) === "yes") return location.reload();
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 500)); // The server is gone, or will be back.
      }
    }
  };

  // A page that nobody sees does not ask: a browser opens only a few connections to one server.
  let asking = new AbortController();
  const turn = () => {
    asking.abort();
    asking = new AbortController();
    if (document.visibilityState === "visible") ask(asking.signal);
  };
  document.addEventListener("visibilitychange", turn);
  turn();
}
