from django import template

from kernen.parties import signing_in

register = template.Library()
register.simple_tag(signing_in.demo_people, name="demo_people")
