import type {messages as english} from './en.ts';

export const messages: Record<keyof typeof english, string> = {
  'exchange.left.front-matter':
    '{count, plural, one {# donnée de l’en-tête de la page, comme sa mise en page, a été laissée de côté.} many {# de données de l’en-tête de la page, comme sa mise en page, ont été laissées de côté.} other {# données de l’en-tête de la page, comme sa mise en page, ont été laissées de côté.}}',
  'exchange.left.image':
    '{count, plural, one {# image a été laissée de côté ; sa description est gardée comme texte.} many {# d’images ont été laissées de côté ; leurs descriptions sont gardées comme texte.} other {# images ont été laissées de côté ; leurs descriptions sont gardées comme texte.}}',
  'exchange.left.table':
    '{count, plural, one {# tableau est gardé en paragraphes, un par ligne.} many {# de tableaux sont gardés en paragraphes, un par ligne.} other {# tableaux sont gardés en paragraphes, un par ligne.}}',
  'exchange.left.footnote':
    '{count, plural, one {# note de bas de page est gardée comme paragraphe, à sa place.} many {# de notes de bas de page sont gardées comme paragraphes, à leur place.} other {# notes de bas de page sont gardées comme paragraphes, à leur place.}}',
  'exchange.left.code':
    '{count, plural, one {# bloc de code est gardé comme texte, un paragraphe par ligne.} many {# de blocs de code sont gardés comme texte, un paragraphe par ligne.} other {# blocs de code sont gardés comme texte, un paragraphe par ligne.}}',
  'exchange.left.rule':
    '{count, plural, one {# filet de séparation a été laissé de côté.} many {# de filets de séparation ont été laissés de côté.} other {# filets de séparation ont été laissés de côté.}}',
  'exchange.left.html':
    '{count, plural, one {# passage en HTML a perdu ses balises ; ses mots sont gardés.} many {# de passages en HTML ont perdu leurs balises ; leurs mots sont gardés.} other {# passages en HTML ont perdu leurs balises ; leurs mots sont gardés.}}',
  'exchange.left.link':
    '{count, plural, one {# lien ne commence pas par https://, http:// ou mailto: ; ses mots sont gardés sans le lien.} many {# de liens ne commencent pas par https://, http:// ou mailto: ; leurs mots sont gardés sans les liens.} other {# liens ne commencent pas par https://, http:// ou mailto: ; leurs mots sont gardés sans les liens.}}',
  'exchange.left.line-break':
    '{count, plural, one {# retour à la ligne dans un paragraphe est devenu une espace.} many {# de retours à la ligne dans des paragraphes sont devenus des espaces.} other {# retours à la ligne dans des paragraphes sont devenus des espaces.}}',
  'exchange.left.control':
    '{count, plural, one {# caractère de commande invisible a été retiré.} many {# de caractères de commande invisibles ont été retirés.} other {# caractères de commande invisibles ont été retirés.}}',
  'exchange.left.depth':
    'Ses listes ou ses citations sont trop imbriquées pour être lues ; le texte est gardé avec ses signes.',
  'exchange.left.encoding':
    'Le fichier ne dit pas comment ses lettres sont codées ; il a été lu en Windows-1252. Vérifiez les lettres accentuées.',
  'exchange.format.markdown': 'Markdown',
  'exchange.format.text': 'Texte brut',
  'exchange.format.html': 'Page web (HTML)',
};
