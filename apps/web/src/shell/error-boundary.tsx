import {Component, type ReactNode} from 'react';
import {useTranslate} from '../lib/language.tsx';
import {Button} from '../ui/button.tsx';
import {ErrorText} from '../ui/page.tsx';

interface Props {
  /** Changes with the page: another page is another chance. */
  place: number;
  children: ReactNode;
}

interface State {
  failed: boolean;
  place: number;
}

/** A bug, or code that could not be fetched: says so, and offers the one thing that helps. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = {failed: false, place: this.props.place};

  static getDerivedStateFromError(): Partial<State> {
    return {failed: true};
  }

  static getDerivedStateFromProps({place}: Props, state: State): State | null {
    return place === state.place ? null : {failed: false, place};
  }

  override render(): ReactNode {
    return this.state.failed ? <Failed /> : this.props.children;
  }
}

function Failed() {
  const t = useTranslate();
  return (
    <main id="main" className="page">
      <ErrorText
        what={t('common.failed')}
        means={t('common.failed.means')}
        acts={<Button onClick={() => location.reload()}>{t('common.reload')}</Button>}
      />
    </main>
  );
}
