export const messages = {
  'server.needs-script':
    'Estas páginas necesitan JavaScript para escribir y participar. Todo documento público se puede leer y seguir sin él: ponga /read/ en lugar de /papers/ en su dirección.',
  'server.reset.subject': 'Elija una nueva contraseña para Plenary',
  'server.reset.text':
    'Alguien, probablemente usted, pidió una nueva contraseña para la cuenta de {handle} en Plenary.\n\nAbra este enlace antes de una hora para elegirla:\n{link}\n\nSi no fue usted, no haga nada: su contraseña sigue siendo la misma.\n',
} as const;
