import {
  createContext,
  startTransition,
  useContext,
  useEffect,
  useMemo,
  useState,
  type AnchorHTMLAttributes,
  type ComponentType,
  type ReactNode,
} from 'react';

export interface Place {
  readonly pathname: string;
  readonly search: string;
  /** How one came here: the window was opened on it, a link or act led here, or the browser's own back and forward. */
  readonly by: 'load' | 'link' | 'history';
  /** A new one for every coming. */
  readonly key: number;
}

type Params = Readonly<Record<string, string>>;

let arrivals = 0;

function placeNow(by: Place['by']): Place {
  return {pathname: location.pathname, search: location.search, by, key: arrivals++};
}

const listeners = new Set<(place: Place) => void>();

/** Goes to a path of this site without loading the page anew. */
export function navigate(to: string): void {
  history.pushState(null, '', to);
  const place = placeNow('link');
  for (const hear of listeners) hear(place);
}

const PlaceContext = createContext<Place>({pathname: '/', search: '', by: 'load', key: -1});
const ParamsContext = createContext<Params>({});

export function usePlace(): Place {
  return useContext(PlaceContext);
}

/** The named parts of the path, decoded. */
export function useParams(): Params {
  return useContext(ParamsContext);
}

export function useQuery(): URLSearchParams {
  const {search} = usePlace();
  return useMemo(() => new URLSearchParams(search), [search]);
}

/** What the pattern's `:names` stand for in the path, or null when it is another path. */
export function matchPath(pattern: string, pathname: string): Params | null {
  const wanted = pattern.split('/');
  const given = pathname.replace(/(?<=.)\/$/, '').split('/');
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const here = given[i] ?? '';
    if (!part.startsWith(':')) {
      if (part !== here) return null;
      continue;
    }
    if (here === '') return null;
    try {
      params[part.slice(1)] = decodeURIComponent(here);
    } catch {
      return null;
    }
  }
  return params;
}

export interface Route {
  readonly path: string;
  readonly Component: ComponentType;
  /** What stands around it. */
  readonly Frame: ComponentType<{children: ReactNode}>;
}

/** Shows the first route that the path fits. A page stays until the code of the next one is there. */
export function Router({routes, otherwise}: {routes: readonly Route[]; otherwise: Omit<Route, 'path'>}) {
  const [place, setPlace] = useState(() => placeNow('load'));
  useEffect(() => {
    const hear = (place: Place) => startTransition(() => setPlace(place));
    const back = () => hear(placeNow('history'));
    listeners.add(hear);
    addEventListener('popstate', back);
    return () => {
      listeners.delete(hear);
      removeEventListener('popstate', back);
    };
  }, []);
  const {route, params} = useMemo(() => find(routes, otherwise, place.pathname), [routes, otherwise, place.pathname]);
  const {Component, Frame} = route;
  return (
    <PlaceContext value={place}>
      <ParamsContext value={params}>
        <Frame>
          <Component />
        </Frame>
      </ParamsContext>
    </PlaceContext>
  );
}

function find(
  routes: readonly Route[],
  otherwise: Omit<Route, 'path'>,
  pathname: string,
): {route: Omit<Route, 'path'>; params: Params} {
  for (const route of routes) {
    const params = matchPath(route.path, pathname);
    if (params) return {route, params};
  }
  return {route: otherwise, params: {}};
}

/** A link inside the client; with a modifier key the browser does with it as with any other. */
export function Link({to, onClick, children, ...rest}: AnchorHTMLAttributes<HTMLAnchorElement> & {to: string}) {
  return (
    <a
      {...rest}
      href={to}
      onClick={event => {
        onClick?.(event);
        if (event.defaultPrevented || event.button !== 0) return;
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        navigate(to);
      }}
    >
      {children}
    </a>
  );
}
