import {
  useId,
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from 'react';

interface Around {
  label: ReactNode;
  /** What it is for, before anything went wrong. */
  hint?: ReactNode;
  /** What is wrong, in words. */
  wrong?: ReactNode;
}

interface Bound {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

function Around({label, hint, wrong, children}: Around & {children: (bound: Bound) => ReactNode}) {
  const id = useId();
  const described = [hint ? `${id}-hint` : '', wrong ? `${id}-wrong` : ''].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint ? (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {children({id, 'aria-describedby': described || undefined, 'aria-invalid': wrong ? true : undefined})}
      {wrong ? (
        <p className="wrong" id={`${id}-wrong`}>
          {wrong}
        </p>
      ) : null}
    </div>
  );
}

type InputProps = Around &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'> & {onChange: (value: string) => void};

export function Field({label, hint, wrong, onChange, ...rest}: InputProps) {
  return (
    <Around label={label} hint={hint} wrong={wrong}>
      {bound => <input {...rest} {...bound} onChange={event => onChange(event.target.value)} />}
    </Around>
  );
}

type TextProps = Around &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange'> & {onChange: (value: string) => void};

export function TextField({label, hint, wrong, onChange, ...rest}: TextProps) {
  return (
    <Around label={label} hint={hint} wrong={wrong}>
      {bound => <textarea {...rest} {...bound} onChange={event => onChange(event.target.value)} />}
    </Around>
  );
}

export interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** BCP 47 tag, where the label is in another language than the page. */
  readonly lang?: string;
}

type SelectProps<Value extends string> = Around &
  Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange' | 'value'> & {
    value: Value;
    options: readonly Option<Value>[];
    onChange: (value: Value) => void;
  };

export function Select<Value extends string>({label, hint, wrong, options, onChange, ...rest}: SelectProps<Value>) {
  return (
    <Around label={label} hint={hint} wrong={wrong}>
      {bound => (
        // The options are the only values that it can take.
        <select {...rest} {...bound} onChange={event => onChange(event.target.value as Value)}>
          {options.map(({value, label, lang}) => (
            <option key={value} value={value} lang={lang}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Around>
  );
}

/** One of a few, each with its sentence. */
export function Choices<Value extends string>({
  legend,
  value,
  options,
  onChange,
}: {
  legend: ReactNode;
  value: Value;
  options: readonly {readonly value: Value; readonly name: string; readonly sentence: string}[];
  onChange: (value: Value) => void;
}) {
  const group = useId();
  return (
    <fieldset className="field choices">
      <legend>{legend}</legend>
      {options.map(option => (
        <label className="choice" key={option.value}>
          <input
            type="radio"
            name={group}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>
            <b>{option.name}</b>
            <span>{option.sentence}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
