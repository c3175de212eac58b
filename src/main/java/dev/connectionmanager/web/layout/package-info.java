/**
 * What all pages share: header, labels, error summaries, links back, forms that are sent once. Must not know any one
 * page.
 */
package dev.connectionmanager.web.layout;
