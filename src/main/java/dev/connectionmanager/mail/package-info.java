/**
 * The outbox: what is to be told to whom, written in the transaction of what it tells of, and sent by SMTP after it is
 * committed. A failing server delays mails, never requests; each mail has one Message-ID however often it is tried. Holds
 * codes and arguments; the sentences come from above, by {@link dev.connectionmanager.mail.LetterWriter}.
 *
 * <p>To tell something new: post a {@link dev.connectionmanager.mail.Letter} with a code of your own in the act's
 * transaction, and add the code's three lines to {@code wording/letters.properties}; the page that it leads to stands in
 * {@code wording/links.properties}.
 *
 * <p>Knows no team, registration or request; never holds a secret.
 */
package dev.connectionmanager.mail;
