/**
 * What all pages share: header, labels, views, charts, sentences of success. Forms have a room above. Must not know any one
 * page.
 */
package dev.connectionmanager.web.layout;
