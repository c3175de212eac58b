/**
 * What all resources share: bodies bound to plain records, pages of lists, entity tags, the Idempotency-Key. Knows the
 * shape of JSON and HTTP; must not know any one resource.
 */
package dev.connectionmanager.api.common;
