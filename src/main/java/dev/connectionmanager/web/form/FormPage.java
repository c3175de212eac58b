package dev.connectionmanager.web.form;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On the method that takes a form: the page that shows it, where that has another address than the form is sent to. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface FormPage {
    /** The path, with path parameters of the method: {@code /requests/{request_id}}. */
    String value();
}
