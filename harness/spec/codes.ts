/** What a finding about an operation may be about: its code, its meaning and what asks for it. */
export const specCodes = [
  {
    code: 'no-answer',
    meaning: 'The provider gave no answer at all, or none in time.',
    clause: 'RFC 9110, 3.3',
  },
  {
    code: 'truncated-answer',
    meaning: 'The answer broke off, or its length is not what its Content-Length says.',
    clause: 'RFC 9112, 6.3',
  },
  {
    code: 'server-error',
    meaning: 'A request that any client can send was answered with 5xx.',
    clause: 'RFC 9110, 15.6',
  },
  {
    code: 'documented-server-error',
    meaning: 'A request that any client can send was answered with a 5xx that the document lists.',
    clause: 'RFC 9110, 15.6',
  },
  {
    code: 'status-undocumented',
    meaning: 'The document says nothing of the status.',
    clause: 'OpenAPI 3.1, 4.8.16',
  },
  {
    code: 'header-missing',
    meaning: 'A header that the document requires did not come.',
    clause: 'OpenAPI 3.1, 4.8.21',
  },
  {
    code: 'header-schema',
    meaning: 'The value of a header breaks its schema.',
    clause: 'OpenAPI 3.1, 4.8.21',
  },
  {
    code: 'body-forbidden',
    meaning: 'A body came where HTTP allows none.',
    clause: 'RFC 9110, 6.4.1',
  },
  {
    code: 'body-undocumented',
    meaning: 'A body came with a successful answer that documents none.',
    clause: 'OpenAPI 3.1, 4.8.17',
  },
  {
    code: 'body-missing',
    meaning: 'No body came where the document describes one.',
    clause: 'OpenAPI 3.1, 4.8.17',
  },
  {
    code: 'media-type-missing',
    meaning: 'A body came and nothing says of what media type it is.',
    clause: 'RFC 9110, 8.3',
  },
  {
    code: 'media-type-undocumented',
    meaning: 'The body is of a media type that the document does not list.',
    clause: 'OpenAPI 3.1, 4.8.17',
  },
  {
    code: 'body-unparseable',
    meaning: 'The body is not what its media type and Content-Encoding say.',
    clause: 'RFC 9110, 8.3',
  },
  {
    code: 'body-schema',
    meaning: 'The body breaks its schema.',
    clause: 'OpenAPI 3.1, 4.8.24',
  },
  {
    code: 'accepted-invalid',
    meaning: 'What the document forbids was taken.',
    clause: 'OpenAPI 3.1, 4.8.24',
  },
  {
    code: 'refused-valid',
    meaning: 'What the document allows was refused, as if it were malformed.',
    clause: 'OpenAPI 3.1, 4.8.24',
  },
  {
    code: 'method-accepted',
    meaning: 'A method that the document does not have did something.',
    clause: 'OpenAPI 3.1, 4.8.9',
  },
  {
    code: 'allow-missing',
    meaning: 'A 405 does not say which methods there are.',
    clause: 'RFC 9110, 15.5.6',
  },
  {
    code: 'allow-incomplete',
    meaning: 'An Allow leaves out a method that is documented and works there.',
    clause: 'RFC 9110, 10.2.1',
  },
  {
    code: 'retry-after-missing',
    meaning: 'A 429 does not say when to come back, though the document says that it does.',
    clause: 'RFC 6585, 4',
  },
  {
    code: 'rate-limit-ignored',
    meaning: 'A provider was asked more often than its document allows, and answered still.',
    clause: 'RFC 6585, 4',
  },
  {
    code: 'credential-ignored',
    meaning: 'Somebody was let in who has no credential, or none that is good here.',
    clause: 'OpenAPI 3.1, 4.8.30',
  },
  {
    code: 'credential-status',
    meaning: 'Who has no credential is told that theirs is not enough, or the other way round.',
    clause: 'RFC 9110, 15.5.2',
  },
  {
    code: 'credential-late',
    meaning: 'Somebody without a credential can find out what there is and what there is not.',
    clause: 'RFC 9110, 15.5.2',
  },
  {
    code: 'challenge-missing',
    meaning: 'A 401 does not say what credential is asked for.',
    clause: 'RFC 9110, 15.5.2',
  },
  {
    code: 'internals-shown',
    meaning: 'An error shows what is inside of the provider: a stack trace, a path, SQL.',
    clause: 'RFC 9457, 5',
  },
  {
    code: 'location-wrong',
    meaning: 'What was made is not where its Location says, or nowhere.',
    clause: 'RFC 9110, 10.2.2',
  },
  {
    code: 'created-unlisted',
    meaning: 'What was made is in no list of its kind.',
    clause: 'RFC 9110, 15.3.2',
  },
  {
    code: 'write-lost',
    meaning: 'What was written is not what is read.',
    clause: 'RFC 9110, 9.3.4',
  },
  {
    code: 'patch-spills',
    meaning: 'A PATCH changed what it does not name.',
    clause: 'RFC 5789, 2',
  },
  {
    code: 'put-adds',
    meaning: 'The same PUT, sent twice, did something twice.',
    clause: 'RFC 9110, 9.2.2',
  },
  {
    code: 'put-merges',
    meaning: 'A PUT left standing what it does not hold.',
    clause: 'RFC 9110, 9.3.4',
  },
  {
    code: 'deleted-still-there',
    meaning: 'What was deleted, or what belonged to it, is there still.',
    clause: 'RFC 9110, 9.3.5',
  },
  {
    code: 'delete-repeats',
    meaning: 'The same DELETE, sent twice, took two things away.',
    clause: 'RFC 9110, 9.2.2',
  },
  {
    code: 'conflict-accepted',
    meaning: 'What the document says conflicts with the state was taken.',
    clause: 'RFC 9110, 15.5.10',
  },
  {
    code: 'conflict-unfounded',
    meaning: 'What the document says does not conflict was refused as a conflict.',
    clause: 'RFC 9110, 15.5.10',
  },
  {
    code: 'precondition-ignored',
    meaning: 'A precondition that does not hold, or that spares an answer, had no effect.',
    clause: 'RFC 9110, 13',
  },
  {
    code: 'etag-unchanged',
    meaning: 'What was read changed, and its ETag did not.',
    clause: 'RFC 9110, 8.8.3',
  },
  {
    code: 'repeat-not-recognised',
    meaning: 'A request that was repeated under its own key was done again.',
    clause: 'OpenAPI 3.1, 4.8.12',
  },
  {
    code: 'head-differs',
    meaning: 'HEAD answers otherwise than GET.',
    clause: 'RFC 9110, 9.3.2',
  },
  {
    code: 'pages-wrong',
    meaning:
      'The pages of a list leave something out, show it twice, or are larger than asked for.',
    clause: 'OpenAPI 3.1, 4.8.12',
  },
  {
    code: 'total-wrong',
    meaning: 'The total of a list is not how many there are.',
    clause: 'OpenAPI 3.1, 4.8.21',
  },
  {
    code: 'filter-ignored',
    meaning: 'A filtered list holds what does not match.',
    clause: 'OpenAPI 3.1, 4.8.12',
  },
  {
    code: 'filter-narrow',
    meaning: 'A filtered list leaves out what does match.',
    clause: 'OpenAPI 3.1, 4.8.12',
  },
  {
    code: 'sort-wrong',
    meaning: 'A sorted list is not in its order.',
    clause: 'OpenAPI 3.1, 4.8.12',
  },
  {
    code: 'inconclusive',
    meaning: 'The operation was asked and never reached a documented success.',
    clause: 'OpenAPI 3.1, 4.8.16',
  },
] as const

/** The code of a finding about an operation. */
export type SpecCode = (typeof specCodes)[number]['code']

/** The clause of a standard that stands behind a code. */
export const clauseOf = (code: SpecCode): string =>
  specCodes.find((one) => one.code === code)?.clause ?? ''

/** The objects behind the sections of OpenAPI 3.1, 4.8, as every version names them. */
const objects: Readonly<Record<string, string>> = {
  '9': 'Path Item Object',
  '10': 'Operation Object',
  '12': 'Parameter Object',
  '16': 'Responses Object',
  '17': 'Response Object',
  '21': 'Header Object',
  '24': 'Schema Object',
  '30': 'Security Requirement Object',
}

/**
 * The clause of a code in the words of a document's own version of OpenAPI: 3.0 numbers its sections
 * otherwise, 2.0 and 3.2 are cited by the names of their objects.
 *
 * @example
 * clauseIn('body-schema', '3.0.3') // 'OpenAPI 3.0, 4.7.24'
 * clauseIn('body-schema', '2.0') // 'OpenAPI 2.0, Schema Object'
 */
export const clauseIn = (code: SpecCode, version: string): string =>
  clauseOf(code).replace(/^OpenAPI 3\.1, 4\.8\.(\d+)/, (whole, section: string) => {
    const own = /^\d+\.\d+/.exec(version)?.[0]
    if (own === undefined || own === '3.1') return whole
    return own === '3.0' ? `OpenAPI 3.0, 4.7.${section}` : `OpenAPI ${own}, ${objects[section]}`
  })
