export const messages = {
  'server.needs-script':
    'Ces pages ont besoin de JavaScript pour écrire et pour participer. Tout document public se lit et se suit sans lui : mettez /read/ à la place de /papers/ dans son adresse.',
  'server.reset.subject': 'Choisissez un nouveau mot de passe pour Plenary',
  'server.reset.text':
    'Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour le compte de {handle} sur Plenary.\n\nOuvrez ce lien dans l’heure pour le choisir :\n{link}\n\nSi ce n’était pas vous, ne faites rien : votre mot de passe reste le même.\n',
} as const;
