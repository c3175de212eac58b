/**
 * How refusals are said: a sentence for every rule, and problem documents (RFC 9457) made of them. Form and API say the
 * same words because both find them here.
 *
 * <p>Decides nothing.
 */
package dev.connectionmanager.wording;
