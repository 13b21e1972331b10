/** What Streamlit hands to a component, and what Python sends in it. The JavaScript beside it only refers to these. */

/** What Streamlit gives to a component of ours, as far as it is used. */
export interface Component {
  parentElement: HTMLElement;
  data: { json: string };
  /** Hands a lasting value to Python, at the price of a run of the page. */
  setStateValue(name: string, value: unknown): void;
  /** Hands a value to Python for one run of the page. */
  setTriggerValue(name: string, value: unknown): void;
}

export type Pair = [name: string, value: string];

interface TileBase {
  id: string;
  title: string;
  /** Settings that are not the same on every tile, and those that are. */
  differs: Pair[];
  same: Pair[];
  /** Added here: whether there are other tiles, and its place if another one has the same name. */
  several?: boolean;
  place?: number;
}

export interface ClipSpec extends TileBase {
  kind: "clip";
  url: string;
  poster: string | null;
  download: string | null;
  downloadName: string;
  note: string;
  fps: number;
  /** What people call what it is coded in, and a copy for browsers that do not know it. */
  codec: string;
  playable: string | null;
}

export interface WaitingSpec extends TileBase {
  kind: "waiting";
  state: string;
  message: string;
  hint: string;
  link: string | null;
  startedAt: number | null;
  againAt: number | null;
  lateAt: number | null;
  lateMessage: string;
}

export type TileSpec = ClipSpec | WaitingSpec;

export interface PlayerPayload {
  now: number | null;
  compare: boolean;
  tiles: TileSpec[];
}

export interface CardSpec {
  id: string;
  href: string;
  title: string;
  prompt: string;
  settings: Pair[];
  length: string;
  age: string;
  small: string;
  state: string;
  poster: string | null;
  preview: string | null;
  tall: boolean;
  markable: boolean;
  pickable: boolean;
  favourite: boolean;
  rating: number;
  tags: string[];
  note: string;
  message: string;
  hint: string;
}

export interface PageLink {
  page: number;
  label: string;
  href: string;
  name: string;
}

export interface PagesSpec {
  page: number;
  links: (PageLink | null)[];
}

export interface GridPayload {
  cards: CardSpec[];
  picked: string[];
  seen: number;
  save: [href: string, name: string] | null;
  pages: PagesSpec;
}

/** One press on a card; what was not pressed is absent. */
export interface Mark {
  id: string;
  favourite?: boolean;
  rating?: number;
  picked?: boolean;
}

export type MarkValues = Required<Omit<Mark, "id">>;

/** One change of a generation, as the socket tells it. */
export interface Change {
  id: string;
  model: string;
  state: string;
  at: number;
}

/** One message of the socket. */
export interface SocketMessage {
  run: string;
  at: number;
  underWay: number;
  reset: boolean;
  changes: [id: string, model: string, state: string, at: number][];
}

export interface BellItem extends Change {
  href: string;
}

export interface BellPayload {
  run: string;
  pass: string;
  at: number;
  theme: string;
  items: BellItem[];
  models: Record<string, { name: string; page: string }>;
}

export interface WatchPayload {
  pass: string;
  at: number;
  model: string | null;
  seen: Record<string, number>;
  waiting: boolean;
  pushed: boolean;
}
