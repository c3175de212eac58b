/**
 * How refusals are said: a sentence for every rule ({@code rules.properties}) and for every reason ({@code
 * refusals.properties}), and problem documents (RFC 9457) made of them. Form and API say the same words because both find
 * them here.
 *
 * <p>Decides nothing.
 */
package dev.connectionmanager.wording;
