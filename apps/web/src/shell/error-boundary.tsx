import {Component, type ReactNode} from 'react';
import {useTranslate} from '../lib/language.tsx';
import {Button} from '../ui/button.tsx';
import {ErrorText} from '../ui/page.tsx';

/** A bug, or code that could not be fetched: says so, and offers the one thing that helps. */
export class ErrorBoundary extends Component<{children: ReactNode}, {failed: boolean}> {
  override state = {failed: false};

  static getDerivedStateFromError(): {failed: boolean} {
    return {failed: true};
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
