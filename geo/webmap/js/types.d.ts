/* The shapes that modules hand to one another. Only tsc reads this; nothing of it is served. */

import type * as leaflet from "leaflet";

declare global {
  /* ---- what Python sends (geo/webmap) ---- */

  interface BaseSettings {
    belt: leaflet.LatLngBoundsLiteral;
    dark: boolean;
    maxZoom: number;
    tiles: string | null;
    urls: { admin1: string; border: string; cities: string; countries: string; crossings: string };
  }

  interface Group {
    name: string;
    label: string;
    colour: string;
  }

  interface EventSettings {
    accent: string;
    admin1: string;
    dark: boolean;
    dataset: string;
    districts: string | null;
    groups: Group[];
    precisions: string[];
    spans: Record<string, string>;
    url: string;
    /** The three that the standalone page adds. */
    timeHost?: string;
    title?: string;
    version?: string;
  }

  interface Filter {
    rows: number;
    /** Base64, a bit a row, lowest first. */
    bits: string;
    selected: number | null;
    dates?: FilterDates;
    view?: [number, number, number];
    line?: string[];
    said?: string;
    version?: string;
    areas?: { place: PlaceNumber | null; shade: Shade | null };
  }

  interface FilterDates {
    from: string | null;
    to: string | null;
    undated: boolean;
  }

  /** "crossing", "admin1" or "admin2", and the number in that layer's file. */
  type PlaceNumber = [string, number];

  interface Shade {
    level: "admin1" | "admin2";
    unit: string;
    title: string;
    legend: [string, string, number][];
    /** A character an area: a digit is a colour, "n" none, "u" not stated. */
    classes: string;
    colours: string[];
    said: string[];
  }

  interface Gate {
    id: string;
    name: string;
    kind: string;
    precision: string;
    lat: number;
    lon: number;
  }

  interface City {
    name: string;
    lat: number;
    lon: number;
  }

  type Polygons = import("geojson").Polygon | import("geojson").MultiPolygon;
  type Areas = import("geojson").FeatureCollection<Polygons>;

  /** A dataset in the standalone file (geo/webmap/standalone.py). */
  interface Dataset {
    name: string;
    label: string;
    rows: number;
    licence?: string;
    citation?: string;
    conditions?: string;
  }

  /** What the standalone file carries beside the events (geo/webmap/standalone.py). */
  interface Payload {
    title: string;
    version: string;
    made: string;
    settings: { map: L.MapOptions; base: BaseSettings; events: EventSettings };
    layers: Record<string, string | null>;
    credits: string[];
    words: any;
    datasets: Dataset[];
    ids: string[];
    /** What is told of the rows, by field: distinct values and which of them each row has. */
    told: Record<string, { of: any[]; at: number[] }>;
    dimensions: Dimension[];
  }

  /** What can be filtered by (geo/query/browser.py). */
  interface Dimension {
    name: string;
    /** Its words while it limits nothing. */
    rest: string;
    /** What stands between the words of its conditions. */
    joined: string;
    /** Whether it lies in the bar itself, not in a sheet. */
    inline: boolean;
    conditions: Condition[];
  }

  /** A condition has more facts according to its kind: see KINDS in standalone/filter.js. */
  interface Condition extends Record<string, any> {
    kind: "days" | "one" | "limit" | "contains";
    fields: Field[];
  }

  interface Field {
    key: string;
    rest: any;
    written: "list" | "flag" | "day" | "number" | "count" | "text";
    separator: string;
  }

  interface KindOfCondition {
    words(condition: any, values: any[]): string;
    test(condition: any, values: any[], book: Book): ((row: number) => boolean) | null;
  }

  /* ---- events ---- */

  interface EventTable {
    rows: number;
    west: number;
    north: number;
    stepX: number;
    stepY: number;
    x: Uint32Array;
    y: Uint32Array;
    deaths: Uint16Array;
    tenthsKm: Uint16Array;
    day: Uint16Array;
    span: Uint16Array;
    group: Uint8Array;
    precision: Uint8Array;
  }

  /** Days since 1970, both inclusive. */
  interface DayRange {
    from: number;
    to: number;
  }

  interface Counts {
    /** Rows that pass all but the dates. */
    listed: number;
    shown: number;
    /** Rows left out because they are not known well enough. */
    vague: number;
    /** Rows shown that have a place. */
    placed: number;
  }

  interface Shares {
    sure: Float64Array;
    spread: Float64Array;
    spans: number[];
    undated: number;
  }

  /* ---- what is drawn ---- */

  interface Spot {
    x: number;
    y: number;
  }

  /** World pixel = Mercator fraction * scale; canvas pixel = that - origin. */
  interface Projection {
    zoom: number;
    scale: number;
    origin: Spot;
    size: Spot;
  }

  interface View extends Projection {
    corner: leaflet.LatLng;
    origin: leaflet.Point;
    offset: leaflet.Point;
    size: leaflet.Point;
  }

  type Mode = "points" | "counts" | "heat";

  interface Mark extends Spot {
    count: number;
    /** Events of the place that lent the mark its spot. */
    weight: number;
    /** Of the deadliest event; -1 = none stated. */
    deaths: number;
    groups: number[];
    /** Number of places. */
    spots: number;
    /** Radius in px of a dot or a ring, else 0. */
    r: number;
    /** Px within which the events of a dot lie. */
    reach: number;
    ring: boolean;
    /** Whether it is a hexagon. */
    cell: boolean;
    /** Number of the outline of an area, else -1. */
    outline: number;
    /** Whether its count is written beside it. */
    badge: boolean;
    /** Where an area's count stands. */
    tag: Spot | null;
  }

  interface AreaOutline {
    shape: import("./core/outline.js").Outline;
    /** PROVINCE or DISTRICT. */
    level: number;
    /** Number in the layer's file. */
    at: number;
    name: string;
  }

  interface Box {
    left: number;
    top: number;
    right: number;
    bottom: number;
  }

  interface Drawn {
    dots: Mark[];
    cells: Mark[];
    rings: Mark[];
    tints: Mark[];
  }

  /** A filter as the layer keeps it. */
  type AppliedFilter = Partial<Omit<Filter, "bits">> & {
    rows: number;
    bits: Uint8Array | null;
    selected: number | null;
  };

  /** A middle and a size in px. */
  interface Room extends Spot {
    wide: number;
    high: number;
  }

  interface Crowds extends leaflet.LeafletEvent {
    numbers: Room[];
    bodies: Room[];
    corner: leaflet.Point;
  }

  interface PlaceName {
    latlng: leaflet.LatLngTuple;
    text: string;
    kind: "gate" | "country" | "city" | "border";
    /** Smaller ones go first. */
    order: number;
    minZoom?: number;
    maxZoom?: number;
    number?: number;
    /** Class of the mark at its spot. */
    mark?: string;
  }

  interface Stroke {
    color: string;
    weight: number;
    opacity: number;
  }

  type Ink = CanvasRenderingContext2D;

  interface Named {
    kind: string;
    number: number;
    name: string;
  }

  type EventLayer = import("./map/event-layer.js").EventLayer;
  type MarkPainter = import("./map/mark-painter.js").MarkPainter;
  type Places = import("./core/places.js").Places;
  type PlaceNames = import("./map/place-names.js").PlaceNames;
  type Timeline = import("./time/timeline.js").Timeline;
  type Calendar = import("./core/calendar.js").Calendar;
  type PlacePicks = import("./map/place-picks.js").PlacePicks;
  type BaseLayers = import("./map/base-layers.js").BaseLayers;
  type Outline = import("./core/outline.js").Outline;
  type Book = import("./standalone/book.js").Book;
  type PageFilter = import("./standalone/filter.js").Filter;
  type Page = import("./standalone/page.js").Page;
}
