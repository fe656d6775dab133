import {useState, type ReactNode} from 'react';

interface DropPlaceProps {
  readonly className: string;
  readonly onFiles: (files: FileList) => void;
  readonly children: ReactNode;
}

/** Takes files that fall on it, for those who use a pointer; what stands in it must do the same by a button. */
export function DropPlace({className, onFiles, children}: DropPlaceProps) {
  const [over, setOver] = useState(false);
  return (
    <div
      className={over ? `${className} over` : className}
      onDragOver={event => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        event.preventDefault();
        setOver(false);
        onFiles(event.dataTransfer.files);
      }}
    >
      {children}
    </div>
  );
}
