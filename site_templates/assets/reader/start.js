// @ts-check
/** What readers get on top of the pages: keys and marks everywhere, the rest where a page has a place for it. */

import "./keys.js";
import "./marks.js";

if (document.querySelector("time[data-newest]")) import("../stale.js");
if (document.querySelector(".strip")) import("./visit.js");
if (document.querySelector(".saved")) import("./saved.js");
