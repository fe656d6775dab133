import type {messages} from './languages/en.ts';

/** Every sentence of the product by its name, `<area>.<what>`; English is the source, the other five must match it. */
export type MessageId = keyof typeof messages;

/** Values of a sentence's ICU placeholders. */
export type MessageValues = Readonly<Record<string, string | number | boolean>>;

export type Translate = (id: MessageId, values?: MessageValues) => string;
