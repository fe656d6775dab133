// Loaded only when something floats: `const {Dialog} = await import('./overlays.tsx')` or React.lazy.
import type {ReactNode} from 'react';
import {Dialog as AriaDialog, Heading} from 'react-aria-components/Dialog';
import {Modal, ModalOverlay} from 'react-aria-components/Modal';

/** Asks once, above everything else. Escape and a press outside close it, and the focus goes back where it was. */
export function Dialog({title, onClose, children}: {title: ReactNode; onClose: () => void; children: ReactNode}) {
  return (
    <ModalOverlay
      className="veil"
      isOpen
      isDismissable
      onOpenChange={open => {
        if (!open) onClose();
      }}
    >
      <Modal className="float">
        <AriaDialog className="dialog">
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
