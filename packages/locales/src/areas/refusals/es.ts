import type {messages as english} from './en.ts';

export const messages: Record<keyof typeof english, string> = {
  'refusals.sign-in.required': 'Para esto hace falta una cuenta. Inicie sesión y vuelva a intentarlo.',
  'refusals.sign-in.wrong':
    'La dirección de correo y la contraseña no se corresponden. Compruebe ambas y vuelva a intentarlo.',
  'refusals.sign-in.again': 'Su sesión ha terminado. Iníciela de nuevo; entretanto se conserva lo que escribió.',
  'refusals.sign-up.closed': 'Aquí las cuentas se abren por invitación. Abra el enlace que le envió la secretaría.',
  'refusals.not-found':
    'En esta dirección no hay nada que usted pueda ver. Compruebe la dirección o inicie sesión si tiene un mandato.',
  'refusals.not-permitted':
    'Su mandato no abarca esto. La presidencia o la secretaría puede decirle a quién corresponde.',
  'refusals.input.invalid': 'Lo enviado está incompleto o no tiene la forma debida. Corríjalo y envíelo de nuevo.',
  'refusals.input.too-large': 'Es demasiado grande para recibirlo de una vez. Envíelo en partes más pequeñas.',
  'refusals.input.unreadable': 'Lo enviado llegó dañado y no pudo leerse. Envíelo de nuevo.',
  'refusals.rate.limited':
    '{seconds, plural, =0 {Llegaron demasiadas peticiones a la vez. Espere un minuto y continúe.} one {Llegaron demasiadas peticiones a la vez. Continúe dentro de # segundo.} many {Llegaron demasiadas peticiones a la vez. Continúe dentro de # segundos.} other {Llegaron demasiadas peticiones a la vez. Continúe dentro de # segundos.}}',
  'refusals.slug.taken': 'Este nombre corto ya se usa en otra dirección. Elija otro.',
  'refusals.handle.taken': 'Otro miembro ya usa este seudónimo. Elija otro.',
  'refusals.email.taken': 'Ya existe una cuenta con esta dirección de correo. Inicie sesión con ella.',
  'refusals.invitation.invalid': 'Esta invitación no existe o ha caducado. Pida un enlace nuevo a quien le invitó.',
  'refusals.invitation.used': 'Esta invitación ya fue aceptada. Si la aceptó usted, inicie sesión.',
  'refusals.demonstration.off': 'Esto no es una demostración. Inicie sesión con su propia cuenta.',
  'refusals.origin.refused': 'La petición vino de otro sitio y no se llevó a cabo. Abra Plenary y hágalo desde allí.',
  'refusals.server.busy':
    'El servidor está ocupado o reiniciándose. No ha cambiado nada; vuelva a intentarlo en un momento.',
  'refusals.server.failed':
    'Hubo un fallo por nuestra parte y ha quedado anotado. Vuelva a intentarlo; si se repite, avise al operador.',
  'refusals.paper.frozen':
    'La presidencia congeló este documento: ahora nadie escribe en él. Guarde sus palabras hasta que vuelva a abrirse.',
  'refusals.paper.amendments-only':
    'Ahora solo la presidencia y la secretaría escriben en este documento. Los delegados lo leen y les proponen cambios.',
  'refusals.paper.closed':
    'El texto de este documento no está abierto para usted. Pregunte a la presidencia por su política de publicación.',
  'refusals.paper.damaged':
    'Este documento no puede abrirse y se ha avisado al operador. Los demás no están afectados.',
  'refusals.paper.other-schema':
    'Esta página es más antigua que el documento. Recárguela para escribir; entretanto puede leer.',
  'refusals.paper.other-epoch':
    'El documento se restauró de una copia de seguridad. Su copia se abre de nuevo y se le devuelve lo que no estaba guardado.',
  'refusals.revision.empty': 'El documento aún no tiene texto. Escríbalo primero y publíquelo después.',
  'refusals.revision.unchanged':
    'El texto es el mismo que en esa revisión, así que no se hizo nada. Abra la revisión y cítela.',
  'refusals.paragraph.unknown':
    'Este párrafo ya no está en el documento. Vea adónde fueron sus palabras antes de seguir.',
  'refusals.move.impossible': 'El párrafo no puede moverse a ese lugar. Elija otro.',
  'refusals.join.impossible': 'Estos dos párrafos no pueden unirse. Mueva las palabras a mano.',
  'refusals.room.too-many-connections':
    'Tiene este documento abierto en demasiadas ventanas. Cierre una y recargue esta.',
  'refusals.room.too-fast':
    'Se envió más de lo que este documento puede recibir. Espere un momento; la conexión vuelve sola.',
  'refusals.room.too-large':
    'Un cambio era demasiado grande para recibirlo. Cree un documento con el archivo o péguelo por partes.',
  'refusals.room.malformed': 'Un mensaje no pudo leerse y no fue admitido. Recargue la página.',
  'refusals.room.unknown-message':
    'Un mensaje de tipo desconocido no fue admitido. Recargue la página para tener la versión actual.',
  'refusals.room.gap': 'Algunos de sus cambios no llegaron. Su copia se abre de nuevo y se le devuelven sus palabras.',
  'refusals.room.missing-dependency':
    'Un cambio se apoya en otro que no llegó. Su copia se abre de nuevo y se le devuelven sus palabras.',
  'refusals.room.foreign-author': 'Un cambio llegó a nombre de otra persona y no fue admitido. Recargue la página.',
  'refusals.room.too-many-authors': 'Este documento se abrió demasiadas veces a su nombre. Avise al operador.',
  'refusals.room.content': 'Un cambio incluía algo que un documento no puede contener. Péguelo como texto sin formato.',
  'refusals.room.place': 'Un cambio apuntaba a un lugar que no existe. Recargue la página y hágalo de nuevo.',
  'refusals.room.identity-taken':
    'El número que eligió esta ventana ya está en uso. Se toma otro; sus palabras se conservan.',
  'refusals.room.server-only':
    'Un cambio afectaba a algo que solo fija el servidor. Recargue la página y hágalo de nuevo.',
  'refusals.room.link':
    'Un enlace lleva a donde los enlaces no pueden llevar. Empiécelo por https://, http:// o mailto:.',
  'refusals.room.future': 'Un cambio borraba lo que aún no está escrito. Recargue la página y hágalo de nuevo.',
  'refusals.room.budget': 'Se borró de una vez más de lo que se puede recibir. Haga el cambio en pasos más pequeños.',
  'refusals.session.over': 'Esta sesión ha terminado. Lo dicho consta en el acta.',
  'refusals.session.not-open': 'La sesión no está abierta en este momento. La abre la presidencia.',
  'refusals.session.closed':
    'Esta sesión no está abierta para usted. Pregunte a la presidencia por su política de publicación.',
  'refusals.session.join-first': 'No está en la sesión. Únase primero.',
  'refusals.agenda.item-unknown': 'Ese punto ya no figura en el orden del día.',
  'refusals.agenda.item-used': 'Un punto que ya se trató permanece en el orden del día.',
  'refusals.agenda.paper-elsewhere':
    'Este documento no forma parte del punto en debate. Pase antes al punto que le corresponde.',
  'refusals.participant.unknown': 'Nadie tiene ese número en la sesión.',
  'refusals.participant.removed': 'La presidencia retiró a esta persona de la sesión y puede readmitirla.',
  'refusals.participant.muted':
    'La presidencia le ha retirado la palabra por ahora. Puede seguir la sesión hasta que se la devuelva.',
  'refusals.participant.chair': 'A quien dirige la sesión no se le puede retirar la palabra ni expulsar.',
  'refusals.list.closed': 'La lista de oradores está cerrada. La presidencia puede reabrirla.',
  'refusals.floor.already-waiting': 'Ya figura en la lista de oradores.',
  'refusals.floor.already-speaking': 'Esta persona ya tiene la palabra.',
  'refusals.floor.not-waiting': 'Ya no figura en la lista de oradores.',
  'refusals.floor.nobody-speaks': 'Nadie tiene la palabra en este momento.',
  'refusals.order.pending': 'Se está atendiendo una cuestión de orden. Plantee la suya cuando termine.',
  'refusals.poll.unknown': 'Esa pregunta no existe en esta sesión.',
  'refusals.poll.over': 'La presidencia cerró esta pregunta. Su respuesta no se contó.',
  'refusals.poll.other-open': 'Otra pregunta sigue abierta. Ciérrela primero.',
  'refusals.poll.choice': 'Esa no es una de las respuestas. Elija una de las que se muestran.',
  'refusals.contribution.unknown': 'Esa contribución no existe en esta sesión.',
  'refusals.comment.resolved': 'Este hilo está resuelto. Reábralo para responder.',
  'refusals.comment.withdrawn': 'Su autor ha retirado este comentario; no queda nada que ocultar.',
  'refusals.erasure.only-chair':
    'Usted es la única presidencia de una consulta. Que la secretaría invite primero a otra presidencia; después borre su cuenta.',
  'refusals.erasure.only-secretariat':
    'Usted es la única secretaría aquí. Invite primero a otra; después borre su cuenta.',
  'refusals.erasure.demonstration':
    'Esta cuenta pertenece a la demostración y la usan todos los que la prueban. No se puede borrar.',
  'refusals.erasure.other-handle': 'Este no es su seudónimo. No se ha borrado nada.',
  'refusals.ledger.damaged':
    'El registro no concuerda con lo firmado antes. No se firma nada más hasta que quienes administran esta instancia lo examinen.',
  'refusals.format.unknown':
    'Los archivos de este tipo aún no se leen. Elija un archivo de Word, Markdown o texto (.docx, .md o .txt).',
  'refusals.format.not-text':
    'Este archivo no contiene texto que se pueda leer. Guárdelo como documento de Word (.docx), texto sin formato o Markdown y elija ese archivo.',
  'refusals.format.too-large':
    'Al descomprimirse, este archivo ocupa más de lo que se puede leer de una vez; no se abrió. Quite las imágenes y los archivos incrustados, o divídalo.',
  'refusals.format.damaged':
    'Este archivo está dañado o incompleto. Ábralo en el programa del que procede, guárdelo de nuevo y elija el archivo nuevo.',
  'refusals.format.encrypted': 'Este archivo está protegido con una contraseña. Guarde una copia sin ella y elija esa.',
  'refusals.format.macros':
    'Este archivo lleva macros, que son programas. Guárdelo como documento de Word sin macros (.docx) y elija ese.',
  'refusals.format.unsafe':
    'Este archivo contiene instrucciones que ningún texto necesita y que podrían causar daño; no se abrió. Copie las palabras en un documento nuevo y elija ese.',
};
