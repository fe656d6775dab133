/** After a form was found wanting: the first field with something wrong takes the focus, once it says what. */
export function focusFirstWrong(form: EventTarget | null): void {
  if (!(form instanceof HTMLElement)) return;
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
