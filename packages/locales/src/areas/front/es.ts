import type {messages as english} from './en.ts';

export const messages: Record<keyof typeof english, string> = {
  'front.headline': 'Redactar el texto juntos, a la vista de todos.',
  'front.lead':
    'En Plenary, la sociedad civil, los gobiernos y la industria redactan declaraciones y resoluciones palabra por palabra, mientras el mundo las lee.',
  'front.try': 'Pruébelo como',
  'front.try.as': '{role}, {constituency}',
  'front.follow': 'Seguir sin cuenta',
  'front.follow.means': 'Cualquiera puede leer. Para escribir se necesita una invitación de la secretaría.',
  'front.demonstration': 'Demostración: un clic inicia la sesión, no se pide nada.',
  'front.specimen': 'Un documento mientras se redacta',
  'front.specimen.means': 'Este es el texto tal como está ahora.',
  'front.specimen.watch': 'Vea cómo cambian las palabras',
  'front.live': 'En directo',
  'front.open': 'Consultas abiertas',
  'front.open.loading': 'Buscando las consultas abiertas…',
  'front.open.empty': 'No hay ninguna consulta abierta.',
  'front.open.empty.fills': 'Aparecerá aquí en cuanto una secretaría abra una.',
  'front.adopted': 'Aprobadas',
  'front.new-consultation': 'Nueva consulta',
  'front.until': 'hasta el {day}',
  'front.organisations': '{count, plural, one {# organización} many {# organizaciones} other {# organizaciones}}',
  'front.papers': '{count, plural, one {# documento} many {# documentos} other {# documentos}}',
  'front.hold': 'Lo que puede exigirnos',
  'front.hold.names': 'Cada cambio tiene un nombre',
  'front.hold.names.means':
    'Cada palabra pertenece a un miembro y a la organización por la que habla. Basta un seudónimo; nunca se pide el nombre legal.',
  'front.hold.saved': 'Guardado significa guardado',
  'front.hold.saved.means':
    'La palabra aparece solo cuando el servidor tiene su texto en disco. Lo que escribe sin conexión queda en su dispositivo y se envía después.',
  'front.hold.open': 'Siempre se dice quién puede leer',
  'front.hold.open.means':
    'Cada documento muestra su política de publicación y su modo de redacción. Cuando la presidencia cambia alguno, se comunica a todos y queda registrado.',
};
