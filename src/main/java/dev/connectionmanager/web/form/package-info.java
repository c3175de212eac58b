/**
 * What all forms share: how they are read, sent once, and shown again with what was typed when they are refused. Must not know any one
 * page.
 */
package dev.connectionmanager.web.form;
