from django.urls import path

from . import views
from .asking import views as asking
from .catalogue import views as catalogue
from .catalogue.proposing import views as proposing
from .catalogue.using import views as using
from .closing import views as closing
from .delivering import views as delivering
from .evaluating import views as evaluating
from .judging import views as judging
from .loading import views as loading
from .loading.many import views as many
from .machine import api
from .machine import views as machine
from .packing import views as packing
from .rare import views as rare
from .sharing import views as sharing
from .walls import views as walls

urlpatterns = [
    path("initiatives/<int:pk>/measures/", views.measures, name="measures"),
    path("initiatives/<int:pk>/measures/define/", views.define, name="define"),
    path("measures/<int:pk>/", views.measure, name="measure"),
    path("measures/<int:pk>/package/", packing.measure_package, name="measure_package"),
    path(
        "initiatives/<int:pk>/measures/package/",
        packing.measures_package,
        name="measures_package",
    ),
    path("measures/<int:pk>/redefine/", views.redefine, name="redefine"),
    path("measures/<int:pk>/history/", views.history, name="definition_history"),
    path("measures/<int:pk>/set_back/", views.set_back, name="set_definition_back"),
    path("measures/<int:pk>/open_series/", views.open_series, name="open_series"),
    path("measures/<int:pk>/load/", many.load_measure, name="load_measure"),
    path("series/<int:pk>/", views.series, name="series"),
    path("series/<int:pk>/load/", loading.load, name="load"),
    path("series/<int:pk>/loads/", loading.series_loads, name="series_loads"),
    path("series/<int:pk>/figures/", loading.figures_history, name="figures_history"),
    path("measures/<int:pk>/deliver/", delivering.deliver, name="deliver"),
    path(
        "measures/<int:pk>/deliver/template.csv",
        delivering.deliver_template,
        name="deliver_template",
    ),
    path("deliveries/<int:pk>/", delivering.delivery, name="delivery"),
    path("deliveries/<int:pk>/undo/", delivering.undo_delivery, name="undo_delivery"),
    path("loads/<int:pk>/undo/", loading.undo_load, name="undo_load"),
    path("series/<int:pk>/enter/", asking.enter, name="enter"),
    path("entering-worker.js", asking.entering_worker, name="entering_worker"),
    path("series/<int:pk>/ask/", asking.ask, name="ask_figures"),
    path("figures-links/<int:pk>/", asking.figures_link, name="figures_link"),
    path("figures-links/<int:pk>/again/", asking.send_again, name="send_figures_link_again"),
    path("figures-links/<int:pk>/withdraw/", asking.withdraw_link, name="withdraw_figures_link"),
    path("series/<int:pk>/split/", judging.split, name="split"),
    *(
        path(
            f"series/<int:pk>/series.{kind}", sharing.series_file, {"kind": kind}, f"series_{kind}"
        )
        for kind in ("csv", "xlsx", "svg", "png")
    ),
    path("series/<int:pk>/close/", closing.close, name="close"),
    path("series/<int:pk>/embed/", sharing.embed, name="embed"),
    *(
        path(
            f"series/<int:pk>/embedded.{kind}", sharing.embedded, {"kind": kind}, f"embedded_{kind}"
        )
        for kind in ("svg", "png")
    ),
    path("measures/<int:pk>/chart/", judging.chart, name="chart"),
    path("measures/<int:pk>/draw/", judging.draw, name="draw"),
    path("series/<int:pk>/freeze/", judging.freeze, name="freeze"),
    path("freezes/<int:pk>/thaw/", judging.thaw, name="thaw"),
    path("series/<int:pk>/leave_out/", judging.leave_out, name="leave_out"),
    path("points/<int:pk>/count_again/", judging.count_again, name="count_again"),
    path("series/<int:pk>/happened/", rare.happened, name="happened"),
    path("points/<int:pk>/correct/", rare.correct, name="correct_event"),
    path("series/<int:pk>/effect/", evaluating.series_effect, name="series_effect"),
    path("series/<int:pk>/effect/freeze/", evaluating.freeze_series, name="freeze_series"),
    path("measures/<int:pk>/effect/", evaluating.measure_effect, name="measure_effect"),
    path("measures/<int:pk>/effect/freeze/", evaluating.freeze_places, name="freeze_places"),
    path("measures/<int:pk>/starts/", evaluating.starts, name="starts"),
    path("results/<int:pk>/", evaluating.result, name="result"),
    *(
        path(
            f"results/<int:pk>/result.{kind}",
            evaluating.result_file,
            {"kind": kind},
            f"result_{kind}",
        )
        for kind in ("csv", "svg", "png")
    ),
    path("splits/<int:pk>/join/", judging.join, name="join"),
    path("series/<int:pk>/annotate/", views.annotate, name="annotate"),
    path("annotations/<int:pk>/erase/", views.erase, name="erase"),
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    *(
        path(f"catalogue.{kind}", catalogue.catalogue_file, {"kind": kind}, f"catalogue_{kind}")
        for kind in ("csv", "xlsx")
    ),
    path("catalogue/publish/", catalogue.publish_shared, name="publish_shared"),
    path("catalogue/<int:pk>/", catalogue.shared_measure, name="shared_measure"),
    path("catalogue/<int:pk>/version/", catalogue.publish_version, name="publish_version"),
    path("catalogue/<int:pk>/withdraw/", catalogue.withdraw_shared, name="withdraw_shared"),
    path("coverage/", catalogue.coverage, name="coverage"),
    path("initiatives/<int:pk>/measures/use/", using.use_shared, name="use_shared"),
    path("measures/<int:pk>/take_over/", using.take_over, name="take_over"),
    path("measures/<int:pk>/leave_catalogue/", using.leave_catalogue, name="leave_catalogue"),
    path("measures/<int:pk>/propose/", proposing.propose_shared, name="propose_shared"),
    path("catalogue-proposals/<int:pk>/", proposing.shared_proposal, name="shared_proposal"),
    path(
        "catalogue-proposals/<int:pk>/withdraw/",
        proposing.withdraw_shared_proposal,
        name="withdraw_shared_proposal",
    ),
    path("walls/", walls.walls, name="walls"),
    path("walls/put_up/", walls.put_up, name="put_up_wall"),
    path("walls/<int:pk>/", walls.wall, name="wall"),
    path("walls/<int:pk>/alter/", walls.alter, name="alter_wall"),
    path("walls/<int:pk>/take_down/", walls.take_down, name="take_down_wall"),
    path("walls/<int:pk>/address/", walls.address, name="wall_address"),
    path("walls/<int:pk>/add/", walls.add, name="add_to_wall"),
    path("walls/<int:pk>/screen/<slug:key>/", walls.wall_screen, name="wall_screen"),
    path("series/<int:pk>/tokens/", machine.series_tokens, name="series_tokens"),
    path("measures/<int:pk>/tokens/", machine.measure_tokens, name="measure_tokens"),
    path("tokens/<int:pk>/withdraw/", machine.withdraw_token, name="withdraw_token"),
    *api.urlpatterns,
    path("series/<int:pk>/wall/", walls.show_on_wall, name="show_on_wall"),
    path("wall_charts/<int:pk>/move/", walls.move_chart, name="move_on_wall"),
    path("wall_charts/<int:pk>/take_off/", walls.take_off, name="take_off_wall"),
]
