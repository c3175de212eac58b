/**
 * What the API says of itself: one OpenAPI document, put together from the files under {@code openapi/} and from the
 * catalogues of rules and refusals. Knows no resource: the tests hold every answer of the API against it.
 */
package dev.connectionmanager.description;
